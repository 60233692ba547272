import type { RunDetail } from '../../preload/contract/run.ts';
import { dryRunSchema } from '../domain/run/dry-run.ts';
import type { Run } from '../domain/run/run.ts';
import type { Read } from '../store/database.ts';
import { lastEventOf } from '../store/run-event-store.ts';
import { listStages } from '../store/run-stage-store.ts';
import { getAttemptSpent, getEarlierMs } from '../store/run-attempt-store.ts';
import { getRunLoopState } from '../store/run-request-store.ts';

/** How far a run has come: its stages, what it has used, and what a dry run of it found. */
export function stagesAndSpending(read: Read, run: Run): Pick<RunDetail, 'stages' | 'spent' | 'dryRun'> {
  const planned = run.execution.dryRun ? lastEventOf(read, run.id, 'dry_run') : null;
  return {
    stages: listStages(read, run.id, run.attempt),
    spent: {
      attempt: {
        steps: run.step - getRunLoopState(read, run.id).stepBase,
        ...getAttemptSpent(read, run.id),
      },
      total: {
        steps: run.step,
        durationMs: run.activeMs + getEarlierMs(read, run.id),
        tokens: run.tokensIn + run.tokensOut,
        costMicroUsd: run.costMicroUsd,
      },
    },
    dryRun: planned === null ? null : dryRunSchema.parse(planned.payload),
  };
}
