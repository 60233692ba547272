import { Link } from '../../app/router-context.tsx';
import { to, type Location } from '../../app/routes.ts';
import { Badge } from '../../ui/badge.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import type { Trouble } from './briefing-types.ts';
import { strings } from './strings.ts';

/** What failed, why, and whether it has before. */
export function TroubleLine({ trouble }: { trouble: Trouble }) {
  const { kind, ref, title, why, at, inARow } = trouble;
  return (
    <li className="flex items-start gap-8 border-b border-line py-6">
      <span className="mt-4">
        <StatusGlyph shape="octagon" label={strings.kind[kind]} />
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex flex-wrap items-baseline gap-x-8">
          <Link location={placeOf(trouble)} className="min-w-0 rounded-chip hover:underline">
            {ref === '' ? null : <span className="me-8 font-mono text-meta text-ink-3">{ref}</span>}
            <span className="font-medium text-ink wrap-anywhere">{title}</span>
          </Link>
          {inARow > 1 ? <Badge>{strings.inARow(inARow)}</Badge> : null}
          <Time at={at} className="ms-auto shrink-0 text-meta text-ink-3 tabular-nums" />
        </span>
        {why === '' ? null : <span className="line-clamp-3 text-body text-ink-2 wrap-anywhere">{why}</span>}
      </span>
    </li>
  );
}

function placeOf({ kind, id }: Trouble): Location {
  if (kind === 'run') return to('run', { id });
  if (kind === 'plan') return to('proposal', { id });
  if (kind === 'missed') return to('intent', { id });
  return kind === 'source' ? to('projects', {}) : to('runs', {});
}
