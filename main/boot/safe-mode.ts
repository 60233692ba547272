import { basename, join } from 'node:path';
import { createDispatch } from '../api/dispatch.ts';
import { safeModeHandlers } from '../api/safe-mode-handlers.ts';
import { fail, type Failure } from '../shared/result.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import { listBackups } from '../store/backup.ts';
import { checkBackups, type CheckedBackup } from '../store/check-backups.ts';
import type { Doors } from './doors.ts';
import type { RestoreInPlace } from './go-back.ts';

/** What answers while there is a database that Homer cannot use. */
export function createSafeMode(options: {
  dataDir: string;
  log: Log;
  scope: Scope;
  doors: Doors;
  restore: RestoreInPlace;
}): { enter(failure: Failure): void; said(): string | null } {
  const { dataDir, scope, doors } = options;
  const backupsFolder = join(dataDir, 'backups');
  let damage: Failure | null = null;
  let checked: Promise<CheckedBackup[]> | null = null;
  let restoring = false;

  const safe = createDispatch(
    safeModeHandlers({
      async damage() {
        checked ??= checkBackups(backupsFolder, scope);
        return { database: join(dataDir, 'homer.sqlite'), faults: faultsOf(damage), backups: await checked };
      },
      async restore({ backup }) {
        if (restoring)
          return fail('store_busy', 'A backup is being restored already.', { hint: 'Wait for it.' });
        // A name, and never a path: what lies outside is for `homer restore`.
        if (!listBackups(backupsFolder).some(({ path }) => basename(path) === backup))
          return fail('not_found', `There is no backup ${backup}.`, {
            hint: 'Look again; it may have been moved.',
          });
        restoring = true;
        try {
          return await options.restore(backup);
        } finally {
          restoring = false;
        }
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

function faultsOf(damage: Failure | null): string[] {
  const faults = (damage?.details as { faults?: unknown } | undefined)?.faults;
  const words = Array.isArray(faults) ? faults.filter((fault) => typeof fault === 'string') : [];
  return words.length > 0 ? words : damage === null ? [] : [damage.message];
}
