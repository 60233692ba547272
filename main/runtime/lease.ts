import { formatTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { listLeasedElsewhere, releaseLeases, renewLeases } from '../store/run-claim-store.ts';
import { isStoreFailure } from '../store/store-failure.ts';
import type { Store } from '../store/store.ts';
import type { Loop } from './loop.ts';

/** How long a host that says nothing counts as alive, and how often it says so. */
export const LEASE_MS = 30_000;
const RENEW_MS = 10_000;

/**
 * The heartbeat of a host: while runs work, their leases are renewed together, by one statement; while none do, nothing wakes.
 *
 * A lease says who owns a run and how long ago that host was heard of. That it ran out is no leave to run anything twice: a run changes
 * hands only in recovery, which adopts what lives. What keeps two hosts apart is the owner in the row: a host that slept while another
 * took its runs up is refused by every transition, event and noted offset (`lease_lost`), and lets go of them here or there, whichever comes first.
 */
export interface LeaseKeeper {
  /** Keeps the leases of runs in hand from now on, until there are none. */
  keep(): void;
}

export function createLeaseKeeper(options: {
  store: Store;
  loop: Pick<Loop, 'active' | 'letGo'>;
  clock: Clock;
  log: Log;
  scope: Scope;
}): LeaseKeeper {
  const { store, loop, clock, log, scope } = options;
  let waiting = false;
  const keeper: LeaseKeeper = {
    keep() {
      if (waiting || scope.closed) return;
      waiting = true;
      clock.after(scope, RENEW_MS, () => {
        waiting = false;
        const inHand = loop.active().map(({ runId }) => runId);
        if (inHand.length === 0) return;
        renew(inHand);
        keeper.keep();
      });
    },
  };
  return keeper;

  function renew(inHand: readonly string[]): void {
    try {
      const lost = store.write((write) => {
        renewLeases(write, formatTime(clock.now() + LEASE_MS));
        return listLeasedElsewhere(write, inHand);
      });
      for (const runId of lost) {
        log.warn('another host has a run that was in hand here', { runId });
        loop.letGo(runId);
      }
    } catch (error) {
      log.warn('the leases could not be renewed', { error: messageOf(error) });
    }
  }
}

/** When Homer quits in order: whoever starts next sees that nothing crashed. */
export function giveBackLeases(store: Store, log: Log): void {
  try {
    store.write(releaseLeases);
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
    log.warn('the leases could not be given back', { error: messageOf(error) });
  }
}
