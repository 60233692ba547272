import { lstat, readFile, readlink, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ignoreMissing } from './workspace-paths.ts';

/**
 * How a file stands after a move that was cut off: `before`, as it was; `ours`, as the move wrote it, or began to; `missing`; or
 * `theirs`, anything else.
 */
export async function compareFiles(at: {
  found: string;
  before: string | null;
  after: string | null;
}): Promise<'before' | 'ours' | 'missing' | 'theirs'> {
  const found = await contentOf(at.found);
  if (found === null) return 'missing';
  const before = at.before === null ? null : await contentOf(at.before);
  if (before !== null && sameAs(found, before)) return 'before';
  const after = at.after === null ? null : await contentOf(at.after);
  if (after === null || found.kind !== after.kind) return 'theirs';
  // Git opens a file, fills it and sets its mode at once or at the end: what is only begun has any mode.
  const begun =
    found.kind === 'file' &&
    found.bytes.length <= after.bytes.length &&
    found.bytes.equals(after.bytes.subarray(0, found.bytes.length));
  return begun || sameAs(found, after) ? 'ours' : 'theirs';
}

interface Content {
  readonly kind: 'file' | 'link' | 'other';
  readonly executable: boolean;
  readonly bytes: Buffer;
}

async function contentOf(path: string): Promise<Content | null> {
  const found = await lstat(path).catch(ignoreMissing);
  if (!found) return null;
  if (found.isSymbolicLink())
    return { kind: 'link', executable: false, bytes: Buffer.from(await readlink(path)) };
  if (!found.isFile()) return { kind: 'other', executable: false, bytes: Buffer.alloc(0) };
  return { kind: 'file', executable: (found.mode & 0o100) !== 0, bytes: await readFile(path) };
}

function sameAs(a: Content, b: Content): boolean {
  return a.kind === b.kind && a.kind !== 'other' && a.executable === b.executable && a.bytes.equals(b.bytes);
}

/** Removes a file, and the folders above it that are empty then. */
export async function removeFile(top: string, path: string): Promise<void> {
  await rm(join(top, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      await rmdir(join(top, folder));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOENT' || code === 'ENOTDIR') return;
      throw error;
    }
  }
}
