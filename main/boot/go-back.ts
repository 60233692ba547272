import type { OutputOf } from '../../preload/contract/operations.ts';
import { createDispatch, type Dispatch } from '../api/dispatch.ts';
import type { RestorePort } from '../api/restore-port.ts';
import { restoringHandlers } from '../api/restoring-handlers.ts';
import { fail, messageOf, ok, type Failure, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { checkInThread } from '../store/check-in-thread.ts';
import { loadMigrations } from '../store/migrate.ts';
import { finishReplacing } from '../store/replace-database.ts';
import { dropStaged, stageRestore, type StagedRestore } from '../store/restore.ts';
import { schemaFault } from '../store/schema-fault.ts';
import type { Doors } from './doors.ts';
import { takeStaged, type Replaced } from './replace-by-backup.ts';
import type { RunningHomer, RuntimeOptions } from './running-homer.ts';
import { notRestored } from './start-or-put-back.ts';

/** The host as something that can end its runtime and start another. */
export interface Standing {
  readonly doors: Doors;
  /** Starts a runtime behind the doors. */
  start(): Promise<Result<RunningHomer>>;
  /** Ends the one there is; `standIn` answers from then on. */
  end(standIn: Dispatch): Promise<void>;
  safeMode(failure: Failure): void;
}

type Restored = OutputOf<'safeMode.restore'>;
export type RestoreInPlace = (backup: string) => Promise<Result<Restored>>;

/**
 * Goes back to a backup without ending the host: the runtime ends in order, the database is replaced, and a runtime starts with the new one
 * behind the same doors. From the moment the replacement is planned on the disk, a host that is killed is followed by one that finishes it.
 */
export function createGoBack(
  options: Pick<RuntimeOptions, 'dataDir' | 'installation' | 'clock' | 'log'> & {
    standing: Standing;
    /** Lives as long as the host; its owner holds the instance lock. */
    home: Scope;
  },
): { restorePort: RestorePort; restore: RestoreInPlace } {
  const { dataDir, clock, log, standing, home } = options;
  const migrationsFolder = options.installation.migrations;
  const restoring = createDispatch(restoringHandlers(), log);
  let busy = false;

  /** Whatever became of the replacement, a runtime starts: with the backup, with what there was, or not at all and safe mode says why. */
  async function startAfter(plan: StagedRestore, change: () => Promise<Replaced>): Promise<Result<Restored>> {
    let taken: Replaced | null = null;
    let failed: string | null = null;
    try {
      taken = await change();
    } catch (error) {
      failed = messageOf(error);
      log.error('the database could not be replaced', { error: failed });
    }
    const started = await standing.start();
    if (!started.ok) {
      standing.safeMode(started.error);
      return started;
    }
    const { replaced } = started.value;
    if (replaced?.kind !== 'restore') return notRestored(replaced?.why ?? failed);
    return ok({
      from: plan.from,
      madeAt: plan.madeAt,
      setAside: taken?.setAside ?? null,
      paused: replaced.paused,
    });
  }

  return {
    // Out of safe mode: there is no runtime to end, and the file that is set aside is the damaged one.
    async restore(backup) {
      finishReplacing(dataDir);
      const staged = await stageRestore({ folder: dataDir, migrationsFolder, chosen: backup, scope: home });
      if (!staged.ok) return staged;
      const plan = staged.value;
      return startAfter(plan, () => Promise.resolve(takeStaged({ dataDir, plan, clock, log })));
    },
    restorePort: {
      async faultOf(path) {
        const [fault] = await checkInThread(path, home);
        if (fault !== undefined) return fault;
        const migrations = loadMigrations(migrationsFolder);
        return migrations.ok ? schemaFault(path, migrations.value) : migrations.error.message;
      },
      async goBack(backup, keep) {
        if (busy) return fail('store_busy', 'A backup is being restored already.', { hint: 'Wait for it.' });
        busy = true;
        try {
          finishReplacing(dataDir);
          const staged = await stageRestore({
            folder: dataDir,
            migrationsFolder,
            chosen: backup,
            scope: home,
          });
          if (!staged.ok) return staged;
          const kept = await keep();
          if (!kept.ok) {
            dropStaged(dataDir);
            return kept;
          }
          const plan = staged.value;
          const back = await startAfter(plan, async () => {
            await standing.end(restoring);
            return takeStaged({ dataDir, plan, clock, log });
          });
          return back.ok ? ok({ ...back.value, kept: kept.value.path }) : back;
        } finally {
          busy = false;
        }
      },
    },
  };
}
