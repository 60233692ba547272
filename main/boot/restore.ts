import type { RestorePlan, RestoreReport } from '../headless/cli/cli-host.ts';
import type { Clock } from '../shared/clock.ts';
import { ok, type Result } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { lockInstance } from '../store/instance-lock.ts';
import { createFileLog } from './file-log.ts';
import type { Installation } from './folders.ts';
import { replaceByBackup } from './replace-by-backup.ts';
import { notRestored, startOrPutBack } from './start-or-put-back.ts';

/**
 * Goes back to a backup, while no host runs: checks it in full, asks, sets the present database aside, puts the copy in its place,
 * migrates it, and settles what it believed to be at work. Killed at any moment, either the old or the new database is there, whole.
 */
export async function restore(
  request: {
    dataDir: string;
    chosen: string | null;
    confirm: (plan: RestorePlan) => Promise<void>;
  },
  options: {
    env: Readonly<Record<string, string | undefined>>;
    clock: Clock;
    installation: Installation;
    version: string;
  },
): Promise<Result<RestoreReport>> {
  const { dataDir, chosen, confirm } = request;
  const { clock, installation } = options;
  const scope = createScope('restore');
  const log = createFileLog({ dataDir, clock });
  try {
    const locked = lockInstance(dataDir, scope);
    if (!locked.ok) return locked;
    let asked = clock.monotonic();
    const done = await replaceByBackup({
      dataDir,
      migrationsFolder: installation.migrations,
      chosen,
      async confirm(plan) {
        await confirm(plan);
        asked = clock.monotonic();
      },
      clock,
      log,
      scope,
    });
    if (!done.ok) return done;
    await scope.close();
    const runtimeScope = createScope('first start after a restore');
    try {
      const started = await startOrPutBack({ ...options, host: 'cli', dataDir, log, scope: runtimeScope });
      if (!started.ok) return started;
      const { replaced } = started.value;
      if (replaced?.kind === 'back') return notRestored(replaced.why);
      const settled = replaced ?? { paused: 0, rescheduled: 0, plansEnded: 0, ended: 0 };
      return ok({
        ...done.value.plan,
        ...settled,
        setAside: done.value.setAside,
        durationMs: clock.monotonic() - asked,
      });
    } finally {
      await runtimeScope.close();
    }
  } finally {
    await scope.close();
  }
}
