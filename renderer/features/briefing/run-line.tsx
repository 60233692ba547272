import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Changes } from '../run/changes.tsx';
import { formatCost } from '../run/run-figures.ts';
import { runLook } from '../run/run-look.ts';
import { TestChange } from '../run/test-change.tsx';
import type { Briefing } from './briefing-types.ts';

/** A run with its end and what stands behind it; what waits for a review leads there. */
export function RunLine({ run }: { run: Briefing['happened'][number] }) {
  const look = runLook(run.status);
  return (
    <li className="flex flex-wrap items-center gap-x-12 border-b border-line py-6">
      <span className="flex w-[124px] shrink-0 items-center gap-8 text-ink-2">
        <StatusGlyph shape={look.shape} />
        {look.label}
      </span>
      <Link
        location={to(run.status === 'review' ? 'review' : 'run', { id: run.id })}
        className="min-w-[200px] flex-1 rounded-chip hover:underline"
      >
        <span className="me-8 font-mono text-meta text-ink-3">#{run.number}</span>
        <span className="font-medium text-ink">{run.name}</span>
      </Link>
      <span className="ms-auto flex items-center gap-12 text-meta text-ink-2 tabular-nums">
        <Changes files={run.filesChanged} additions={run.additions} deletions={run.deletions} />
        <TestChange before={run.testBeforeExit} after={run.testAfterExit} hasTests={run.hasTests} />
        <span className="w-[64px] text-end">{formatCost(run)}</span>
      </span>
    </li>
  );
}
