import { basename, join } from 'node:path';
import { createDispatch } from '../api/dispatch.ts';
import { safeModeHandlers } from '../api/safe-mode-handlers.ts';
import type { LiveFeed } from '../api/live-port.ts';
import { fail, ok, type Failure, type Result } from '../shared/result.ts';
import type { NoticeSurface } from '../shared/notifier.ts';
import type { Scope } from '../shared/scope.ts';
import { listBackups } from '../store/backup.ts';
import { checkBackups, type CheckedBackup } from '../store/check-backups.ts';
import { lockInstance } from '../store/instance-lock.ts';
import { replaceByBackup } from './replace-by-backup.ts';
import type { RunningHomer, RuntimeOptions } from './running-homer.ts';
import { startRuntime } from './start-runtime.ts';

/** A host that people look at comes up even when its database is damaged. */
export type SafeOrRunning = RunningHomer & {
  /** What is damaged, as a sentence; null when the runtime is there. */
  readonly damaged: () => string | null;
};

/**
 * Starts the runtime or, when the database is damaged, safe mode in its place: it holds the data folder, writes nothing to the damaged
 * file, answers only what is damaged and goes back to a backup when asked. Then the runtime takes its place behind the same doors.
 */
export async function startOrSafeMode(options: RuntimeOptions): Promise<Result<SafeOrRunning>> {
  const home = options.scope.child('homer');
  const started = await startRuntime({ ...options, scope: home });
  if (started.ok) return ok({ ...started.value, damaged: () => null });
  if (started.error.tag !== 'database_damaged') return started;
  options.log.error('the database is damaged: safe mode', { message: started.error.message });
  return enterSafeMode(options, home, started.error);
}

interface Waiting {
  readonly after: number;
  readonly receive: Parameters<LiveFeed['subscribe']>[1];
  end: () => void;
}

function enterSafeMode(options: RuntimeOptions, home: Scope, failure: Failure): Result<SafeOrRunning> {
  const { dataDir, clock, log, installation } = options;
  const backupsFolder = join(dataDir, 'backups');
  let damage = failure;
  let lock = home.child('safe mode');
  const locked = lockInstance(dataDir, lock);
  if (!locked.ok) return locked;
  let running: RunningHomer | null = null;
  let toWork = false;
  let surface: NoticeSurface | null = null;
  let checked: Promise<CheckedBackup[]> | null = null;
  let restoring = false;
  const waiting = new Set<Waiting>();

  async function restore(name: string): Promise<ReturnType<typeof done> | Result<never>> {
    // A name, and never a path: what lies outside is for `homer restore`.
    if (!listBackups(backupsFolder).some(({ path }) => basename(path) === name))
      return fail('not_found', `There is no backup ${name}.`, {
        hint: 'Look again; it may have been moved.',
      });
    const replaced = await replaceByBackup({
      dataDir,
      migrationsFolder: installation.migrations,
      chosen: name,
      clock,
      log,
      scope: lock,
    });
    if (!replaced.ok) return replaced;
    await lock.close();
    const started = await startRuntime({ ...options, scope: home });
    if (!started.ok) {
      damage = started.error;
      checked = null;
      lock = home.child('safe mode');
      const again = lockInstance(dataDir, lock);
      if (!again.ok) log.warn('another Homer has taken the data folder', { error: again.error.message });
      return started;
    }
    running = started.value;
    if (surface) running.notices.attach(surface);
    if (toWork) running.work();
    for (const one of waiting) one.end = running.live.subscribe(one.after, one.receive);
    const { plan, setAside } = replaced.value;
    return done(plan.from, plan.madeAt, setAside, running.replaced?.paused ?? 0);
  }

  const safe = createDispatch(
    safeModeHandlers({
      async damage() {
        checked ??= checkBackups(backupsFolder, lock);
        return { database: join(dataDir, 'homer.sqlite'), faults: faultsOf(damage), backups: await checked };
      },
      async restore({ backup }) {
        if (restoring)
          return fail('store_busy', 'A backup is being restored already.', { hint: 'Wait for it.' });
        restoring = true;
        try {
          return await restore(backup);
        } finally {
          restoring = false;
        }
      },
    }),
    log,
  );

  return ok({
    get replaced() {
      return running?.replaced ?? null;
    },
    damaged: () => (running === null ? damage.message : null),
    dispatch: (name, input, context) => (running?.dispatch ?? safe)(name, input, context),
    live: {
      subscribe(after, receive) {
        if (running) return running.live.subscribe(after, receive);
        const one: Waiting = { after, receive, end: () => undefined };
        waiting.add(one);
        // Who was connected before reads everything again, and so learns of safe mode.
        receive({ from: after, seq: after, events: [], tails: {}, reset: true });
        return () => {
          waiting.delete(one);
          one.end();
        };
      },
    },
    notices: {
      attach(offered) {
        surface = offered;
        running?.notices.attach(offered);
      },
      tell(title, body, route) {
        if (running) running.notices.tell(title, body, route);
        else log.warn('a notice in safe mode', { title, body });
      },
    },
    work() {
      toWork = true;
      running?.work();
    },
    drain(on) {
      running?.drain(on);
    },
    async settled() {
      await running?.settled();
    },
    onPower(event) {
      running?.onPower(event);
    },
    async stop() {
      await home.close();
    },
  });
}

function done(from: string, madeAt: string | null, setAside: string | null, paused: number) {
  return ok({ from, madeAt, setAside, paused });
}

function faultsOf({ message, details }: Failure): string[] {
  const faults = (details as { faults?: unknown } | undefined)?.faults;
  const words = Array.isArray(faults) ? faults.filter((fault) => typeof fault === 'string') : [];
  return words.length > 0 ? words : [message];
}
