import type { SignedIn } from '../domain/account/signed-in.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { hasAutoRuns } from '../store/auto-run-store.ts';
import { lastLookAtExecutors, listFoundExecutors, putFoundExecutors } from '../store/executor-found-store.ts';
import type { Store } from '../store/store.ts';

/** How often the machine is looked at while runs wait for a choice: whoever signs in need tell nobody. */
const PAUSE_MS = 60_000;

interface Seen {
  readonly name: string;
  readonly label: string;
  readonly usable: boolean;
  readonly found: boolean;
  readonly signedIn: SignedIn;
}

export interface ExecutorWatch<T extends Seen> {
  /** Looks in the background when runs wait for an executor to be chosen, at most once a minute; reports its own failures. */
  attend(): void;
  /** Looks now, and gives all that was seen. */
  look(): Promise<T[]>;
}

/**
 * Knows which executors this machine has. To look starts programs and takes a second or so: so it is done beside the claims, which go by
 * what stands in the store. The first look of a host is made at once, for a stored one may be of another machine.
 */
export function createExecutorWatch<T extends Seen>(options: {
  store: Store;
  detect: () => Promise<T[]>;
  clock: Clock;
  log: Log;
  scope: Scope;
  /** What was seen is not what was known. */
  onChange: () => void;
}): ExecutorWatch<T> {
  const { store, detect, clock, log, scope } = options;
  let looking: Promise<unknown> | null = null;
  let lookedAt = -PAUSE_MS;
  scope.add('watch of executors', async () => {
    await looking;
  });

  const look = async (): Promise<T[]> => {
    lookedAt = clock.monotonic();
    const seen = await detect();
    const found = seen
      .map(({ name, label, usable, found: there, signedIn }) => ({
        name,
        label,
        ready: usable && there,
        signedIn,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const known = store.read((read) =>
      lastLookAtExecutors(read) === null ? null : listFoundExecutors(read),
    );
    if (scope.closed || JSON.stringify(known) === JSON.stringify(found)) return seen;
    const kept = store.tryWrite((write) => {
      putFoundExecutors(write, found);
    });
    // What was seen is true all the same; the next look tries again.
    if (kept.ok) options.onChange();
    else log.warn('what agent programs are there could not be kept', { error: kept.error.message });
    return seen;
  };

  return {
    look,
    attend() {
      if (looking !== null || scope.closed || clock.monotonic() - lookedAt < PAUSE_MS) return;
      if (!store.read(hasAutoRuns)) return;
      looking = look()
        .catch((error: unknown) => {
          log.warn('the agent programs could not be looked at', { error: messageOf(error) });
        })
        .finally(() => {
          looking = null;
        });
    },
  };
}
