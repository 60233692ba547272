import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';

/** The text of a file that only its owner may read; null when there is none. Permissions that are too wide are narrowed. */
export function readOwnerFile(path: string): Result<string | null> {
  try {
    const text = readFileSync(path, 'utf8');
    // Only when needed: a data folder that cannot be written can still be read.
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return ok(text);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ok(null);
    return fail('unreadable_file', `Homer cannot read ${path}: ${messageOf(error)}`, {
      hint: 'Check who owns the data folder.',
    });
  }
}

/** Writes a file only its owner may read, whole or not at all. */
export function writeOwnerFile(path: string, text: string): Result<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
    return ok(undefined);
  } catch (error) {
    rmSync(draft, { force: true });
    return fail('read_only', `Homer cannot write ${path}: ${messageOf(error)}`, {
      hint: 'Make the data folder writable, or choose another with --data.',
    });
  }
}

/** The system error code of anything thrown, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
