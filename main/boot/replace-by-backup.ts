import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { finishReplacing, replaceDatabase } from '../store/replace-database.ts';
import { dropStaged, stageRestore, type StagedRestore } from '../store/restore.ts';

export interface Replaced {
  readonly plan: StagedRestore;
  /** Where the former database lies now; null: there was none. */
  readonly setAside: string | null;
}

/**
 * Checks a backup in full, asks, sets the present database aside and puts the copy in its place. The caller holds the instance lock, and
 * starts the runtime afterwards, which settles what the copy believed to be at work.
 */
export async function replaceByBackup(options: {
  dataDir: string;
  migrationsFolder: string;
  /** A path, the name of a backup, or null for the newest good one. */
  chosen: string | null;
  /** Throws when the owner does not want it. */
  confirm?: (plan: StagedRestore) => Promise<void>;
  clock: Clock;
  log: Log;
  scope: Scope;
}): Promise<Result<Replaced>> {
  const { dataDir, migrationsFolder, chosen, clock, log, scope } = options;
  finishReplacing(dataDir);
  const staged = await stageRestore({ folder: dataDir, migrationsFolder, chosen, scope });
  if (!staged.ok) return staged;
  const plan = staged.value;
  try {
    await options.confirm?.(plan);
  } catch (error) {
    dropStaged(dataDir);
    throw error;
  }
  return ok(takeStaged({ dataDir, plan, clock, log }));
}

/** Puts what `stageRestore` made ready in the place of the database, which nobody has open. */
export function takeStaged(options: {
  dataDir: string;
  plan: StagedRestore;
  clock: Clock;
  log: Log;
}): Replaced {
  const { dataDir, plan } = options;
  const replacement = replaceDatabase(dataDir, {
    kind: 'restore',
    from: plan.from,
    madeAt: plan.madeAt,
    at: options.clock.iso(),
  });
  options.log.warn('a backup was put in the place of the database', { ...replacement });
  return { plan, setAside: replacement.setAside === null ? null : join(dataDir, replacement.setAside) };
}
