import { watch, type FSWatcher } from 'node:fs';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/result.ts';
import type { Log } from '../../shared/log.ts';
import type { Scope } from '../../shared/scope.ts';

/** Says when something in a folder changed. Where the system cannot watch, or overlooks a change, waiting just ends later. */
export interface FolderWatch {
  /** Resolves at the next change, `wake` or after `limitMs`; at once when there was one since the last wait. */
  wait(limitMs: number): Promise<void>;
  /** Lets changes gather for `ms`; `wake` cuts it short. */
  gather(ms: number): Promise<void>;
  /** For news that does not come from the folder. */
  wake(): void;
  /** Whether the system tells of changes, so that looking by oneself is only a safety net. */
  readonly watching: boolean;
}

export function watchFolder(path: string, clock: Clock, scope: Scope, log: Log): FolderWatch {
  let changed = false;
  let urgent = false;
  let release: (() => void) | undefined;
  let gathering = false;
  let watcher: FSWatcher | undefined;
  const notice = (): void => {
    changed = true;
    if (!gathering) release?.();
  };
  const wake = (): void => {
    changed = true;
    urgent = true;
    release?.();
  };
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(scope, ms, () => release?.());
      release = () => {
        release = undefined;
        cancel();
        resolve();
      };
    });
  try {
    const opened = watch(path, notice);
    const forget = scope.add('folder watch', () => opened.close());
    opened.on('error', (error) => {
      log.warn('a spool is no longer watched; looking at it instead', { path, error: messageOf(error) });
      watcher = undefined;
      void forget();
    });
    watcher = opened;
  } catch (error) {
    // Often the limit on watches; looking from time to time does as well.
    log.warn('a spool cannot be watched; looking at it instead', { path, error: messageOf(error) });
  }
  scope.add('folder wait', wake);
  return {
    wake,
    get watching() {
      return watcher !== undefined;
    },
    async wait(limitMs) {
      if (!changed && !scope.closed) await pause(limitMs);
      changed = false;
    },
    async gather(ms) {
      if (!urgent && !scope.closed) {
        gathering = true;
        await pause(ms);
        gathering = false;
      }
      urgent = false;
    },
  };
}
