import { chmodSync, constants, existsSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { listBackups, type Backup } from './backup.ts';
import { checkInThread } from './check-in-thread.ts';
import { loadMigrations, type Migration } from './migrate.ts';
import { schemaFault } from './schema-fault.ts';
import { incomingPath } from './replace-database.ts';
import { readHoldings, type Holdings } from './holdings.ts';

export interface StagedRestore {
  readonly from: string;
  /** When the backup was made, ISO; null when its name does not say. */
  readonly madeAt: string | null;
  readonly backup: Holdings;
  /** Null: there is no database now, or it cannot be read. */
  readonly present: Holdings | null;
  /** Newer backups that did not pass their check, with why. */
  readonly refused: readonly { readonly path: string; readonly fault: string }[];
}

/**
 * Copies a backup beside the present database and checks the copy in full; nothing else changes. `chosen` is a path or the name of a
 * backup, or null for the newest one that is good. The caller holds the instance lock.
 */
export async function stageRestore(at: {
  folder: string;
  migrationsFolder: string;
  chosen: string | null;
  scope: Scope;
}): Promise<Result<StagedRestore>> {
  const { folder, chosen } = at;
  const migrations = loadMigrations(at.migrationsFolder);
  if (!migrations.ok) return migrations;
  const candidates = candidatesFor(folder, chosen);
  if (candidates.length === 0)
    return fail(
      'not_found',
      chosen === null ? `There is no backup in ${join(folder, 'backups')}.` : `There is no backup ${chosen}.`,
      {
        hint: '`homer backup list` shows what there is; a path to any backup will do.',
      },
    );
  const refused: { path: string; fault: string }[] = [];
  for (const { path, createdAt } of candidates) {
    let fault: string | null;
    try {
      fault = await stage(path, folder, migrations.value, at.scope);
    } catch (error) {
      dropStaged(folder);
      return fail('disk_full', `There is no room for a copy of the backup: ${messageOf(error)}`, {
        hint: 'Free some disk space, then try again. Nothing was changed.',
      });
    }
    const backup = fault === null ? readHoldings(incomingPath(folder)) : null;
    if (backup !== null)
      return ok({
        from: path,
        madeAt: createdAt,
        backup,
        present: readHoldings(join(folder, 'homer.sqlite')),
        refused,
      });
    refused.push({ path, fault: fault ?? 'it is not a database of Homer' });
    dropStaged(folder);
  }
  return fail(
    'backup_damaged',
    `No backup can be restored: ${refused[0]?.path ?? ''}: ${refused[0]?.fault ?? ''}.`,
    {
      hint: 'Nothing was changed. `homer backup list` shows what else there is.',
      details: { refused },
    },
  );
}

/** Removes the copy that `stageRestore` made. */
export function dropStaged(folder: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(incomingPath(folder) + part, { force: true });
}

function candidatesFor(folder: string, chosen: string | null): { path: string; createdAt: string | null }[] {
  const all = listBackups(join(folder, 'backups'));
  if (chosen === null) return all;
  const known = all.find(({ path }: Backup) => path === resolve(chosen) || basename(path) === chosen);
  if (known) return [known];
  return existsSync(chosen) ? [{ path: resolve(chosen), createdAt: null }] : [];
}

/** Copies and checks; gives what is wrong with it, or null. */
async function stage(
  path: string,
  folder: string,
  migrations: readonly Migration[],
  scope: Scope,
): Promise<string | null> {
  const incoming = incomingPath(folder);
  try {
    dropStaged(folder);
    await copyFile(path, incoming, constants.COPYFILE_FICLONE);
    chmodSync(incoming, 0o600);
    const [fault] = await checkInThread(incoming, scope, { settle: true });
    if (fault !== undefined) return fault;
    return schemaFault(incoming, migrations);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error;
    return messageOf(error);
  }
}
