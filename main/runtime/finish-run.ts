import type { Failure } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { endRun } from '../store/end-run.ts';
import { missingEvidence } from '../store/evidence-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import { failureChanges } from './settle.ts';

/**
 * The one way to a run that is done: for review when there is something to apply, else completed. Done without evidence is not done: a run
 * that has no checkpoint under the policy, no commit, or no test result though there is a test command, fails instead and says what it lacks.
 */
export function finishRun(write: Write, runId: string, to: 'review' | 'complete'): 'review' | 'left' {
  const missing = missingEvidence(write, runId);
  if (missing !== null) {
    const failure: Failure = {
      tag: 'evidence_missing',
      message: `The run says it is done, but ${missing}.`,
      hint: 'Nothing of it is applied. Look at its timeline, then retry.',
    };
    endRun(write, runId, 'fail', 'runtime', { changes: failureChanges(failure) });
    return 'left';
  }
  if (to === 'complete') {
    endRun(write, runId, 'complete', 'runtime');
    return 'left';
  }
  transitionRun(write, runId, 'offer_review', 'runtime');
  return 'review';
}
