import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { Duration } from '../../ui/duration.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { SourceLink } from './source-link.tsx';
import { proposalStatus } from './proposal-status.ts';
import { strings } from './strings.ts';

const words = strings.panel;

/** What it is, where it came from, where it stands and for how long. */
export function ProposalHeading({
  detail: { proposal },
  title = true,
}: {
  detail: OutputOf<'proposal.get'>;
  title?: boolean;
}) {
  const { projects } = useShellState();
  const project = projects.find(({ id }) => id === proposal.projectId)?.name;
  const { shape, label } = proposalStatus(proposal);
  return (
    <header className="flex flex-col gap-6 pb-12">
      {title ? (
        <>
          <p className="font-mono text-micro font-regular text-ink-3">
            {strings.ref(proposal.number)}
            {project ? ` · ${project}` : ''}
          </p>
          <h1 className="text-page text-pretty wrap-anywhere">{proposal.title}</h1>
        </>
      ) : null}
      <p className="flex flex-wrap items-center gap-x-16 gap-y-4 text-meta text-ink-2">
        <StatusLabel shape={shape}>{label}</StatusLabel>
        <span>
          {words.since(labels.stage[proposal.stage])} <Duration since={proposal.stageSince} />
        </span>
        <span className="tabular-nums">{words.relevance(proposal.relevance)}</span>
        <SourceLink proposal={proposal} />
      </p>
    </header>
  );
}
