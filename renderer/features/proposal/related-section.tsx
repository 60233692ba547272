import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Time } from '../../ui/time.tsx';
import { Section } from './section.tsx';
import { strings } from './strings.ts';

type Related = OutputOf<'proposal.related'>[number];
const words = strings.related;

/** What is like it, came of it or gave rise to it; what was rejected says why. Nothing where there is none. */
export function RelatedSection({ id }: { readonly id: string }) {
  const related = useQuery('proposal.related', { id }).data ?? [];
  const rejected = related.filter(({ stage }) => stage === 'rejected');
  const others = related.filter(({ stage }) => stage !== 'rejected');
  return (
    <>
      {others.length > 0 ? (
        <Section title={words.title}>
          <List rows={others} />
        </Section>
      ) : null}
      {rejected.length > 0 ? (
        <Section title={words.rejected}>
          <List rows={rejected} />
        </Section>
      ) : null}
    </>
  );
}

function List({ rows }: { readonly rows: readonly Related[] }) {
  return (
    <ul className="flex flex-col gap-4">
      {rows.map((row) => (
        <li key={row.id}>
          <Link
            location={to('proposal', { id: row.id })}
            className="-mx-8 flex flex-col rounded-control px-8 py-4 hover:bg-hover"
          >
            <span className="text-body text-ink wrap-anywhere">{row.title}</span>
            <span className="flex items-baseline gap-6 text-meta text-ink-3">
              <span className="font-mono text-micro font-regular">{strings.ref(row.number)}</span>
              <span className="min-w-0 flex-1 truncate">
                {row.stage === 'rejected' ? '' : `${labels.stage[row.stage]} · `}
                {labels.relatedBecause[row.because].toLowerCase()}
              </span>
              <Time at={row.stageSince} />
            </span>
            {row.reason ? <span className="text-meta text-ink-2 wrap-anywhere">“{row.reason}”</span> : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}
