import type { Write } from '../store/database.ts';
import { endRun } from '../store/end-run.ts';
import { readFlag } from '../store/flag-store.ts';
import { deleteChild } from '../store/run-child-store.ts';
import { getRun, transitionRun } from '../store/run-store.ts';

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
  if (how.counted && recoveries >= Number(readFlag(write, 'runtime.max_recoveries'))) {
    deleteChild(write, id);
    endRun(write, id, 'fail', 'runtime', {
      changes: {
        errorTag: 'recovered_too_often',
        error: `This run was cut off ${String(recoveries + 1)} times while it worked. Look at its output, then retry.`,
      },
    });
    return 'failed';
  }
  transitionRun(write, id, 'recover', 'runtime', how);
  return 'queued';
}
