import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import { connect, type Raw } from './database.ts';

export interface Backup {
  readonly path: string;
  readonly bytes: number;
  readonly createdAt: string;
  /** `manual`, `scheduled` or `before-migration-N`. */
  readonly reason: string;
}

const NAME = /^homer-(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z)-([a-z0-9-]+)\.sqlite$/u;

/**
 * Copies the database while it is in use, checks the copy, and only then gives it its name: a file with a backup's name is
 * a whole backup. Works in steps, so that the event loop is never held for long.
 */
export async function createBackup(
  raw: Raw,
  folder: string,
  now: string,
  reason: string,
): Promise<Result<Backup>> {
  const name = `homer-${now.replaceAll(/[:.]/gu, '-')}-${reason}.sqlite`;
  const path = join(folder, name);
  const partial = `${path}.partial`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await raw.backup(partial, { progress: () => 500 });
    const copy = connect(partial, { readonly: true });
    const verdict = copy.pragma('quick_check', { simple: true });
    copy.close();
    if (verdict !== 'ok') {
      rmSync(partial, { force: true });
      return fail('backup_damaged', `The copy did not pass its check: ${String(verdict)}`, {
        hint: 'Check the disk; the database itself was not touched. `homer doctor` checks it.',
      });
    }
    renameSync(partial, path);
    return ok({ path, bytes: statSync(path).size, createdAt: now, reason });
  } catch (error) {
    if (existsSync(partial)) rmSync(partial);
    return fail('backup_failed', `The backup could not be written: ${messageOf(error)}`, {
      hint: `Check that ${folder} can be written to and has room.`,
    });
  }
}

/** Backups in a folder, newest first. */
export function listBackups(folder: string): Backup[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
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
