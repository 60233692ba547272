import type { Run, TestEvidence } from '../domain/run/run.ts';
import type { Read } from '../store/database.ts';
import { listCheckpoints } from '../store/run-step-store.ts';
import { getRun } from '../store/run-store.ts';

/** Where a retry begins that does not begin at the base of its project: a checkpoint of the run it retries. */
export interface StartPoint {
  readonly earlier: Run;
  readonly step: number;
  /** The base of the earlier run, so that the whole result is what differs from it. */
  readonly baseCommit: string;
  readonly commit: string;
  /** What the tests said at the checkpoint. */
  readonly test: TestEvidence | null;
}

/** Null for a run that starts at the base, and where the records of the checkpoint are gone. */
export function startPointOf(read: Read, { fromStep, retryOfRunId }: Run): StartPoint | null {
  if (fromStep === null || fromStep === undefined || retryOfRunId === null) return null;
  const earlier = getRun(read, retryOfRunId);
  const checkpoint = listCheckpoints(read, earlier.id).find(({ step }) => step === fromStep);
  if (!checkpoint?.commit || earlier.baseCommit === null) return null;
  return {
    earlier,
    step: fromStep,
    baseCommit: earlier.baseCommit,
    commit: checkpoint.commit,
    test: checkpoint.test,
  };
}
