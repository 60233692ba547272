import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { checkInThread } from './check-in-thread.ts';
import type { Raw } from './database.ts';

export interface Backup {
  readonly path: string;
  readonly bytes: number;
  readonly createdAt: string;
  /** `manual`, `scheduled` or `before-migration-N`. */
  readonly reason: string;
}

const NAME = /^homer-(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z)-([a-z0-9-]+)\.sqlite$/u;

/** Copies that were made before a migration; fewer are kept than are looked for, since each is of another schema. */
const KEPT_BEFORE_MIGRATIONS = 5;

/**
 * Copies the database while it is in use, checks the copy in full, and only then gives it its name: a file with a backup's name is
 * a whole backup. Copying works in steps and checking in a thread, so that the event loop is never held for long.
 */
export async function createBackup(
  raw: Raw,
  folder: string,
  now: string,
  reason: string,
  scope: Scope,
): Promise<Result<Backup>> {
  const name = `homer-${now.replaceAll(/[:.]/gu, '-')}-${reason}.sqlite`;
  const path = join(folder, name);
  const partial = `${path}.partial`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // There before its content is, so that nobody but the owner can ever read it.
    closeSync(openSync(partial, 'w', 0o600));
    await raw.backup(partial, { progress: () => 500 });
    chmodSync(partial, 0o600);
    const faults = await checkInThread(partial, scope, { settle: true });
    if (faults.length > 0) {
      clear(partial);
      return fail('backup_damaged', `The copy did not pass its check: ${faults[0] ?? ''}`, {
        hint: 'The database itself may be damaged: `homer doctor --full` checks it. Earlier backups were kept.',
      });
    }
    syncToDisk(partial);
    renameSync(partial, path);
    syncToDisk(folder);
    return ok({ path, bytes: statSync(path).size, createdAt: now, reason });
  } catch (error) {
    clear(partial);
    return fail('backup_failed', `The backup could not be written: ${messageOf(error)}`, {
      hint: `Check that ${folder} can be written to and has room.`,
    });
  }
}

/** Backups in a folder, newest first. */
export function listBackups(folder: string): Backup[] {
  return namesIn(folder)
    .flatMap((name) => {
      const match = NAME.exec(name);
      if (!match?.[1] || !match[2]) return [];
      const path = join(folder, name);
      const [day, time = ''] = match[1].split('T');
      const [hour, minute, second, milli = ''] = time.split('-');
      const createdAt = `${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.${milli}`;
      return [{ path, bytes: statSync(path).size, createdAt, reason: match[2] }];
    })
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/** The newest backup that passes the full check; null when none does. */
export async function newestGoodBackup(folder: string, scope: Scope): Promise<Backup | null> {
  for (const backup of listBackups(folder))
    if ((await checkInThread(backup.path, scope)).length === 0) return backup;
  return null;
}

/**
 * Deletes scheduled backups beyond the newest `keep`, those before migrations beyond the newest five, and copies that a killed
 * process left half made. One that was made by hand is the owner's and stays, and so does `made`, whatever the clock said when
 * others were made. Gives how many files went.
 */
export function pruneBackups(folder: string, keep: number, made: string): number {
  const all = listBackups(folder);
  const over = [
    ...all.filter(({ reason }) => reason === 'scheduled').slice(keep),
    ...all.filter(({ reason }) => reason.startsWith('before-migration')).slice(KEPT_BEFORE_MIGRATIONS),
  ]
    .map(({ path }) => path)
    .filter((path) => path !== made);
  const halves = namesIn(folder)
    .filter((name) => /\.partial(?:-\w+)?$/u.test(name) && name !== `${basename(made)}.partial`)
    .map((name) => join(folder, name));
  for (const path of [...over, ...halves]) rmSync(path, { force: true });
  return over.length + halves.length;
}

/** Waits until a file, or the names in a folder, are on the disk. */
export function syncToDisk(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function clear(partial: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    if (existsSync(`${partial}${suffix}`)) rmSync(`${partial}${suffix}`);
}
