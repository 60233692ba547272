import { basename } from 'node:path';
import type { Scope } from '../shared/scope.ts';
import { listBackups, type Backup } from './backup.ts';
import { checkInThread } from './check-in-thread.ts';
import type { Migration } from './migrate.ts';
import { schemaFault } from './schema-fault.ts';

export interface CheckedBackup extends Omit<Backup, 'path'> {
  readonly name: string;
  /** The first fault of the full check, or that this Homer does not know its schema; null when it can be gone back to. */
  readonly fault: string | null;
}

/** Every backup in a folder, newest first, checked in full one after the other. */
export async function checkBackups(
  folder: string,
  migrations: readonly Migration[],
  scope: Scope,
): Promise<CheckedBackup[]> {
  const checked: CheckedBackup[] = [];
  for (const { path, ...backup } of listBackups(folder)) {
    const [fault] = await checkInThread(path, scope);
    checked.push({ ...backup, name: basename(path), fault: fault ?? schemaFault(path, migrations) });
  }
  return checked;
}
