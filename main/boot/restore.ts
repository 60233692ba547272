import { join } from 'node:path';
import type { RestorePlan, RestoreReport } from '../headless/cli/cli-host.ts';
import type { Clock } from '../shared/clock.ts';
import { ok, type Result } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { lockInstance } from '../store/instance-lock.ts';
import { finishReplacing, replaceDatabase } from '../store/replace-database.ts';
import { dropStaged, stageRestore } from '../store/restore.ts';
import { createFileLog } from './file-log.ts';
import type { Installation } from './folders.ts';
import { startRuntime } from './start-runtime.ts';

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
    finishReplacing(dataDir);
    const staged = await stageRestore({
      folder: dataDir,
      migrationsFolder: installation.migrations,
      chosen,
      scope,
    });
    if (!staged.ok) return staged;
    const plan = staged.value;
    try {
      await confirm(plan);
    } catch (error) {
      dropStaged(dataDir);
      throw error;
    }
    const asked = clock.monotonic();
    const replacement = replaceDatabase(dataDir, {
      kind: 'restore',
      from: plan.from,
      madeAt: plan.madeAt,
      at: clock.iso(),
    });
    log.warn('a backup was put in the place of the database', { ...replacement });
    await scope.close();
    const runtimeScope = createScope('first start after a restore');
    try {
      const started = await startRuntime({ ...options, host: 'cli', dataDir, log, scope: runtimeScope });
      if (!started.ok) return started;
      const settled = started.value.replaced ?? { paused: 0, rescheduled: 0, plansEnded: 0, ended: 0 };
      return ok({
        ...plan,
        ...settled,
        setAside: replacement.setAside === null ? null : join(dataDir, replacement.setAside),
        durationMs: clock.monotonic() - asked,
      });
    } finally {
      await runtimeScope.close();
    }
  } finally {
    await scope.close();
  }
}
