import type { Write } from '../store/database.ts';
import { endRun } from '../store/end-run.ts';
import { readFlag } from '../store/flag-store.ts';
import { deleteChildrenOf } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { listOpenAsks } from '../store/run-ask-store.ts';
import { countRecovery } from '../store/run-attempt-store.ts';
import { getRun } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import type { LoopParts } from './loop-parts.ts';
import type { StageRef } from './ports.ts';
import { Leave, StageEnd } from './settle.ts';

/**
 * Puts a run back into the queue, to go on from its last checkpoint. A recovery that counts fails the run once there were
 * `runtime.max_recoveries` before: work that brings down its host again and again must end. Says what became of the run.
 */
export function requeueRun(
  write: Write,
  id: string,
  how: { counted: boolean; reason: string },
): 'queued' | 'failed' {
  const { recoveries } = getRun(write, id);
  if (how.counted && tooOften(write, recoveries)) {
    deleteChildrenOf(write, id);
    endRun(write, id, 'fail', 'runtime', {
      changes: { errorTag: 'recovered_too_often', error: cutOff(recoveries) },
    });
    return 'failed';
  }
  transitionRun(write, id, 'recover', 'runtime', how);
  return 'queued';
}

/**
 * A turn that is gone without a result, with what it left judged. A run goes back to the queue and takes the step again; a stage
 * beside others is taken up again by its run, which goes on. Either counts.
 */
export async function requeueLost({ store }: LoopParts, ref: StageRef): Promise<never> {
  const { runId, stage } = ref;
  const left = store.write((write): Leave | StageEnd => {
    // Its agent asked, and is gone: the run waits on, and its next turn reads the answer.
    if (stage === '' && listOpenAsks(write, runId).length > 0 && getRun(write, runId).status === 'blocked')
      return new Leave();
    appendRunEvents(write, runId, [
      {
        type: 'recovered',
        payload: {
          ...(stage === '' ? {} : { stage }),
          how: 'requeued',
          note: 'The process was gone without a result; the step is taken again.',
        },
      },
    ]);
    if (stage === '') {
      requeueRun(write, runId, {
        counted: true,
        reason: 'The agent was gone without a result; it goes on from the last checkpoint',
      });
      return new Leave();
    }
    const { recoveries } = getRun(write, runId);
    if (tooOften(write, recoveries))
      return new StageEnd({
        kind: 'failed',
        failure: { tag: 'recovered_too_often', message: cutOff(recoveries) },
      });
    countRecovery(write, runId);
    return new StageEnd({ kind: 'lost' });
  });
  throw left;
}

function tooOften(write: Write, recoveries: number): boolean {
  return recoveries >= Number(readFlag(write, 'runtime.max_recoveries'));
}

function cutOff(recoveries: number): string {
  return `This run was cut off ${String(recoveries + 1)} times while it worked. Look at its output, then retry.`;
}
