import { Copy, ExternalLink } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { useToast } from '../../ui/toast.tsx';
import { openLink } from './open-link.ts';
import { strings } from './strings.ts';

type Proposal = OutputOf<'proposal.get'>['proposal'];
const words = strings.source;
const linkLook =
  'inline-flex items-baseline gap-4 rounded-chip text-accent-text underline-offset-2 hover:underline';

/** Where it came from, and the way there: a page, the run of an agent, or a place in a file. */
export function SourceLink({ proposal }: { readonly proposal: Proposal }) {
  const { source, sourceRef } = proposal;
  return (
    <span className="flex min-w-0 items-center gap-4">
      <span className="shrink-0">{labels.source[source]}</span>
      {sourceRef === '' ? null : /^https?:\/\//u.test(sourceRef) ? (
        <Page url={sourceRef} />
      ) : source === 'agent' ? (
        <OfRun run={sourceRef} />
      ) : (
        <Place proposal={proposal} />
      )}
    </span>
  );
}

function Page({ url }: { readonly url: string }) {
  return (
    <a
      href={url}
      title={url}
      onClick={(event) => {
        event.preventDefault();
        openLink(url);
      }}
      className={linkLook}
    >
      {URL.canParse(url) ? new URL(url).host : url}
      <ExternalLink aria-hidden size={14} strokeWidth={1.5} className="self-center" />
    </a>
  );
}

/** `run` as it is kept: `#12`. */
function OfRun({ run }: { readonly run: string }) {
  const number = Number(/\d+/u.exec(run)?.[0] ?? 0);
  const rows = useQuery(
    'search.find',
    { text: `#${String(number)}`, limit: 5 },
    { enabled: number > 0 },
  ).data;
  const found = rows?.hits.find((hit) => hit.kind === 'run' && hit.number === number);
  return found ? (
    <Link location={to('run', { id: found.id })} className={linkLook}>
      {words.run(run)}
    </Link>
  ) : (
    <span>{words.run(run)}</span>
  );
}

function Place({ proposal: { sourceRef, projectId } }: { readonly proposal: Proposal }) {
  const projects = useQuery('project.list', {}).data ?? [];
  const toast = useToast();
  const folder = projects.find(({ id }) => id === projectId)?.localPath;
  const whole = folder === undefined ? sourceRef : `${folder}/${sourceRef}`;
  return (
    <>
      <Mono>{sourceRef}</Mono>
      <IconButton
        icon={Copy}
        size="small"
        label={words.copy}
        onClick={() => {
          void navigator.clipboard.writeText(whole).then(() => {
            toast({ text: words.copied(whole) });
          });
        }}
      />
    </>
  );
}
