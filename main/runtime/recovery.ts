import type { Log } from '../shared/log.ts';
import { findChild } from '../store/run-child-store.ts';
import { readFlag } from '../store/flag-store.ts';
import { endRun } from '../store/end-run.ts';
import { getRun, listRunIdsByStatus, transitionRun } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';

export interface Recovered {
  /** Runs whose child lives or left its ending: to be taken up by the loop at once. */
  readonly adopt: readonly string[];
  readonly requeued: number;
  readonly failed: number;
}

/**
 * Settles every run that a former host left running or validating. One with a recorded child is adopted: the loop takes up the
 * process, or the ending in its spool. One without goes back to the queue from its last checkpoint, counted, and fails after
 * `runtime.max_recoveries`.
 */
export function recoverRuns(store: Store, owner: string, leaseUntil: string, log: Log): Recovered {
  const adopt: string[] = [];
  let requeued = 0;
  let failed = 0;
  for (const id of store.read((read) => listRunIdsByStatus(read, ['running', 'validating'])))
    store.write((write) => {
      const run = getRun(write, id);
      const child = findChild(write, id);
      if (run.status === 'running' && child) {
        transitionRun(write, id, 'adopt', 'runtime', { reason: 'Homer was restarted' });
        write
          .prepare('UPDATE run SET lease_owner = ?, lease_until = ? WHERE id = ?')
          .run(owner, leaseUntil, id);
        adopt.push(id);
      } else if (run.recoveries >= Number(readFlag(write, 'runtime.max_recoveries'))) {
        endRun(write, id, 'fail', 'runtime', {
          changes: {
            errorTag: 'recovered_too_often',
            error: `Homer was restarted ${String(run.recoveries + 1)} times while this run worked.`,
          },
        });
        failed += 1;
      } else {
        transitionRun(write, id, 'recover', 'runtime', {
          reason: 'Homer was restarted; it goes on from the last checkpoint',
        });
        requeued += 1;
      }
    });
  if (adopt.length + requeued + failed > 0)
    log.info('runs recovered', { adopted: adopt.length, requeued, failed });
  return { adopt, requeued, failed };
}
