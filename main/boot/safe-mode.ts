import { basename, join } from 'node:path';
import type { Damage } from '../../preload/contract/safe-mode.ts';
import { createDispatch } from '../api/dispatch.ts';
import { safeModeHandlers } from '../api/safe-mode-handlers.ts';
import { fail, ok, type Failure, type Result } from '../shared/result.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import { listBackups } from '../store/backup.ts';
import { checkBackups, type CheckedBackup } from '../store/check-backups.ts';
import { loadMigrations } from '../store/migrate.ts';
import type { Doors } from './doors.ts';
import type { RestoreInPlace } from './go-back.ts';

/** What answers while there is a database that Homer cannot use. */
export function createSafeMode(options: {
  dataDir: string;
  log: Log;
  scope: Scope;
  doors: Doors;
  migrationsFolder: string;
  restore: RestoreInPlace;
  /** Starts the runtime with the database as it is now. */
  start: () => Promise<Result<unknown>>;
}): { enter(failure: Failure): void; said(): string | null } {
  const { dataDir, scope, doors } = options;
  const backupsFolder = join(dataDir, 'backups');
  let damage: Failure | null = null;
  let checked: Promise<CheckedBackup[]> | null = null;
  let busy = false;

  /** One at a time: each of them opens the database. */
  async function alone<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (busy) return fail('store_busy', 'The database is being opened already.', { hint: 'Wait for it.' });
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  }

  const safe = createDispatch(
    safeModeHandlers({
      async damage() {
        const migrations = loadMigrations(options.migrationsFolder);
        checked ??= checkBackups(backupsFolder, migrations.ok ? migrations.value : [], scope);
        return {
          cause: causeOf(damage?.tag ?? ''),
          hint: damage?.tag === 'database_damaged' ? '' : (damage?.hint ?? ''),
          database: join(dataDir, 'homer.sqlite'),
          faults: faultsOf(damage),
          backups: await checked,
        };
      },
      async retry() {
        return alone(async () => {
          const started = await options.start();
          if (started.ok) return ok({ running: true as const });
          damage = started.error;
          return started;
        });
      },
      async restore({ backup }) {
        // A name, and never a path: what lies outside is for `homer restore`.
        if (!listBackups(backupsFolder).some(({ path }) => basename(path) === backup))
          return fail('not_found', `There is no backup ${backup}.`, {
            hint: 'Look again; it may have been moved.',
          });
        return alone(() => options.restore(backup));
      },
    }),
    options.log,
  );
  return {
    enter(failure) {
      damage = failure;
      checked = null;
      void doors.shut(safe);
      doors.reset();
    },
    said: () => damage?.message ?? null,
  };
}

const causes: Readonly<Record<string, Damage['cause']>> = {
  database_damaged: 'damaged',
  newer_database: 'newer',
  disk_full: 'no_room',
  backup_failed: 'failed',
  database_failed: 'failed',
};

/** Whether safe mode has something to say and to offer; other failures are not about the database. */
export function isOfTheDatabase({ tag }: Failure): boolean {
  return Object.hasOwn(causes, tag);
}

function causeOf(tag: string): Damage['cause'] {
  return causes[tag] ?? 'failed';
}

function faultsOf(damage: Failure | null): string[] {
  const faults = (damage?.details as { faults?: unknown } | undefined)?.faults;
  const words = Array.isArray(faults) ? faults.filter((fault) => typeof fault === 'string') : [];
  return words.length > 0 ? words : damage === null ? [] : [damage.message];
}
