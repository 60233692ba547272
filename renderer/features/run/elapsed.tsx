import { Duration } from '../../ui/duration.tsx';
import { runIsOver, runWorks } from './run-look.ts';
import type { RunRow } from './run-types.ts';
import { strings } from './strings.ts';

/** How long a run has worked; where it has not begun, how long it has waited, said more quietly. */
export function Elapsed({
  run,
}: {
  run: Pick<RunRow, 'status' | 'startedAt' | 'endedAt' | 'activeMs' | 'createdAt'>;
}) {
  const { status, startedAt, endedAt } = run;
  if (startedAt === null) {
    if (runIsOver(status)) return <span className="text-ink-3">–</span>;
    return (
      <span title={strings.list.waits} className="text-ink-3">
        <Duration since={run.createdAt} />
      </span>
    );
  }
  if (runWorks(status)) return <Duration since={startedAt} />;
  return endedAt ? <Duration since={startedAt} until={endedAt} /> : <Duration ms={run.activeMs} />;
}
