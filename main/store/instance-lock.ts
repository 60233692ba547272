import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { ownFolder } from './own-folder.ts';

/**
 * Makes this process the only Homer on a data folder, until `scope` closes. The lock is an open exclusive transaction on a small
 * SQLite file: the operating system gives it back when the process ends, however it ends, so there is no stale lock and no pid to guess.
 */
export function lockInstance(folder: string, scope: Scope): Result<void> {
  try {
    ownFolder(folder);
    const lock = new Database(join(folder, 'instance.lock'), { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      throw error;
    }
    scope.add('instance lock', () => {
      lock.close();
    });
    return ok(undefined);
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (code.startsWith('SQLITE_BUSY'))
      return fail('other_instance', `Homer is running already with the data folder ${folder}.`, {
        hint: 'Use that one (`homer status`), quit it first, or give this one another folder with `--data DIR`.',
      });
    return fail('read_only', `Homer cannot use its data folder ${folder}: ${messageOf(error)}`, {
      hint: 'Make the folder writable, or choose another with `--data DIR` or HOMER_DATA.',
    });
  }
}
