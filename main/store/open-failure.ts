import { dirname } from 'node:path';
import { fail, messageOf, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { newestGoodBackup } from './backup.ts';

/** Names the newest backup that passes the full check, and the command that goes back to it. */
export async function damagedFailure(
  path: string,
  faults: string[],
  backupsFolder: string,
  scope: Scope,
): Promise<Result<never>> {
  const good = await newestGoodBackup(backupsFolder, scope);
  const command = `homer restore --newest --data '${dirname(path)}'`;
  return fail('database_damaged', `The database ${path} is damaged: ${faults[0] ?? 'unknown fault'}.`, {
    hint: good
      ? `It was not changed. The newest good backup is from ${good.createdAt}. To set the damaged file aside and go back to it, run: ${command}`
      : 'It was not changed, and there is no good backup. Move the file aside to start afresh, or choose another folder with `--data DIR`.',
    details: {
      faults: faults.slice(0, 20),
      ...(good ? { backup: good.path, backupCreatedAt: good.createdAt, command } : {}),
    },
  });
}

/** Why the database at `path` could not be opened, from what SQLite or the file system threw. */
export async function openFailure(
  path: string,
  error: unknown,
  backupsFolder: string,
  scope: Scope,
): Promise<Result<never>> {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return damagedFailure(path, [messageOf(error)], backupsFolder, scope);
  if (
    ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'EACCES', 'EEXIST', 'ENOTDIR', 'EROFS', 'EPERM'].some((known) =>
      code.startsWith(known),
    )
  )
    return fail('read_only', `Homer cannot write to its data folder: ${path} (${messageOf(error)}).`, {
      hint: 'Make the folder writable, or choose another with `--data DIR` or HOMER_DATA.',
    });
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return fail('disk_full', `There is no room to open ${path}.`, {
      hint: 'Free some disk space and start again.',
    });
  if (code === 'SQLITE_BUSY')
    return fail('other_instance', `Another program is writing to ${path}.`, {
      hint: 'Close it and start again.',
    });
  return fail('database_failed', `The database ${path} could not be opened: ${messageOf(error)}`, {
    hint: 'The message above is from SQLite or the file system.',
  });
}
