import { ok, type Result } from '../shared/result.ts';
import { lockInstance } from '../store/instance-lock.ts';
import { createDoors } from './doors.ts';
import { createGoBack, type Standing } from './go-back.ts';
import type { RunningHomer, RuntimeOptions } from './running-homer.ts';
import { createSafeMode, isOfTheDatabase } from './safe-mode.ts';
import { startOrPutBack } from './start-or-put-back.ts';

/** A host that people look at comes up even when its database is damaged, newer than it is, or without room on its disk. */
export type SafeOrRunning = RunningHomer & {
  /** Why the database cannot be used, as a sentence; null when the runtime is there. */
  readonly damaged: () => string | null;
};

/**
 * Starts the runtime or, when the database cannot be used, safe mode in its place: it holds the data folder, writes nothing to that
 * file, answers only why, and tries again or goes back to a backup when asked. Then the runtime takes its place behind the same doors; and so it
 * does when a Homer that runs goes back to a backup. The instance lock is this host's from the first to the last.
 */
export async function startOrSafeMode(options: RuntimeOptions): Promise<Result<SafeOrRunning>> {
  const { clock, log, dataDir } = options;
  const home = options.scope.child('homer');
  const locked = lockInstance(dataDir, home);
  if (!locked.ok) return locked;
  const doors = createDoors({ clock, log });
  let scope = home.child('standing');

  const standing: Standing = {
    doors,
    async start() {
      scope = home.child('standing');
      const started = await startOrPutBack({ ...options, scope, locked: true, restorePort });
      if (started.ok) doors.put(started.value);
      else await scope.close();
      return started;
    },
    async end(standIn) {
      await doors.shut(standIn);
      await scope.close();
    },
    safeMode: (failure) => {
      log.error('the database cannot be used: safe mode', { message: failure.message });
      safeMode.enter(failure);
    },
  };
  const { restorePort, restore } = createGoBack({ ...options, standing, home });
  const safeMode = createSafeMode({
    dataDir,
    migrationsFolder: options.installation.migrations,
    log,
    scope: home,
    doors,
    restore,
    start: () => standing.start(),
  });

  const started = await standing.start();
  if (!started.ok) {
    if (!isOfTheDatabase(started.error)) {
      await home.close();
      return started;
    }
    standing.safeMode(started.error);
  }
  return ok({
    get replaced() {
      return doors.running()?.replaced ?? null;
    },
    damaged: () => (doors.running() === null ? safeMode.said() : null),
    dispatch: doors.dispatch,
    live: doors.live,
    notices: doors.notices,
    work: () => {
      doors.work();
    },
    drain: (on) => {
      doors.drain(on);
    },
    async settled() {
      await doors.running()?.settled();
    },
    onPower(event) {
      doors.running()?.onPower(event);
    },
    async stop() {
      await home.close();
    },
  });
}
