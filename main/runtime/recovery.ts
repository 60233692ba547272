import type { Clock } from '../shared/clock.ts';
import { formatTime } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { endRun } from '../store/end-run.ts';
import { deleteChildrenOf, listChildrenOf } from '../store/run-child-store.ts';
import { listAskingRuns, listWorkingRuns, takeLease } from '../store/run-claim-store.ts';
import { getRunLoopState } from '../store/run-request-store.ts';
import { getRun } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import type { Store } from '../store/store.ts';
import { LEASE_MS } from './lease.ts';
import { requeueRun } from './requeue-run.ts';

export interface Recovered {
  /** Runs whose child lives or left its ending: to be taken up by the loop at once. */
  readonly adopt: readonly string[];
  /** Runs that ended here: their worktrees are to be removed. */
  readonly ended: readonly string[];
  readonly requeued: number;
}

/**
 * Settles every run that is working by the store but not `inHand`: left by a host that was killed or closed, or let go of by this one
 * when the store could not be written.
 *
 * - One with a turn whose ending is not known is adopted: the loop takes up the process, or the ending in its spool, and honours a
 *   pause or stop that was asked for.
 * - Else nothing of it is alive (commands are swept before), and a stop or pause that was asked for is settled at once.
 * - Else it goes back to the queue, from its last checkpoint or its known ending. That counts when a host was killed: an orderly
 *   one gives its lease back, and one that lives holds its own.
 */
export function recoverRuns(
  store: Store,
  at: { inHand: ReadonlySet<string>; clock: Clock; log: Log },
): Recovered {
  const left = store
    .read((read) => [...listWorkingRuns(read), ...listAskingRuns(read)])
    .filter((id) => !at.inHand.has(id));
  if (left.length === 0) return { adopt: [], ended: [], requeued: 0 };
  const adopt: string[] = [];
  const ended: string[] = [];
  let requeued = 0;
  for (const id of left)
    store.write((write) => {
      const { status } = getRun(write, id);
      const { requested, leaseOwner } = getRunLoopState(write, id);
      const children = listChildrenOf(write, id);
      // From here on whoever had it is refused, should it still be there and write.
      takeLease(write, id, formatTime(at.clock.now() + LEASE_MS));
      if ((status === 'running' || status === 'blocked') && children.some(({ ending }) => ending === null)) {
        transitionRun(write, id, 'adopt', 'runtime', { reason: 'Homer was restarted' });
        adopt.push(id);
      } else if (requested === 'stop') {
        deleteChildrenOf(write, id);
        endRun(write, id, 'stop', 'owner');
        ended.push(id);
      } else if (requested !== '') {
        transitionRun(write, id, 'pause', 'owner', { reason: 'as asked before Homer was restarted' });
      } else {
        const counted = leaseOwner !== null && leaseOwner !== write.owner;
        const became = requeueRun(write, id, {
          counted,
          reason: 'Homer was restarted; it goes on from the last checkpoint',
        });
        if (became === 'failed') ended.push(id);
        else requeued += 1;
      }
    });
  at.log.info('runs recovered', { adopted: adopt.length, requeued, ended: ended.length });
  return { adopt, ended, requeued };
}
