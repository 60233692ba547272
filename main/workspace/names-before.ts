import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import type { Clock } from '../shared/clock.ts';

/** What stood in one folder: every name, folders with a `/` behind; past the cap only a digest of the names. */
export interface FolderBefore {
  readonly inode: string;
  readonly names: readonly string[] | string;
}

/**
 * All names in a worktree before a turn, by folder. The names are bytes, one character each, so that any name is kept exactly. A
 * deleted file leaves no trace of its own, and a moved folder keeps the times of what is in it: both show only against this.
 */
export type NamesBefore = Readonly<Record<string, FolderBefore>>;

export const MOST_NAMES = 200_000;
const SLICE_MS = 6;

/** Names only, no file is looked at. Gives way to the event loop every few milliseconds. */
export async function recordNames(clock: Clock, root: string, most = MOST_NAMES): Promise<NamesBefore> {
  const before: Record<string, FolderBefore> = Object.create(null) as Record<string, FolderBefore>;
  const pending = [''];
  let kept = 0;
  let sliceEnd = clock.monotonic() + SLICE_MS;
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (clock.monotonic() > sliceEnd) {
      await new Promise((resolve) => setImmediate(resolve));
      sliceEnd = clock.monotonic() + SLICE_MS;
    }
    const folder = bytePath(root, path);
    const listed = listFolder(folder, path);
    if (listed === null) continue;
    kept += listed.names.length;
    before[path] = {
      inode: inodeOf(folder),
      names: kept <= most ? listed.names : digestOfNames(listed.names),
    };
    pending.push(...listed.folders);
  }
  return before;
}

export function bytePath(root: string, path: string): Buffer {
  const folder = Buffer.from(root);
  return path === '' ? folder : Buffer.concat([folder, Buffer.from('/'), Buffer.from(path, 'latin1')]);
}

export function inodeOf(folder: Buffer): string {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found ? `${String(found.dev)}:${String(found.ino)}` : '';
}

/** Of the bare names: whether one is a folder is not in it. */
export function digestOfNames(names: readonly string[]): string {
  const bare = names.map((name) => (name.endsWith('/') ? name.slice(0, -1) : name));
  return createHash('sha256').update(bare.sort().join('/')).digest('hex');
}

function listFolder(folder: Buffer, path: string): { names: string[]; folders: string[] } | null {
  try {
    const names: string[] = [];
    const folders: string[] = [];
    for (const entry of readdirSync(folder, { encoding: 'latin1', withFileTypes: true })) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (!entry.isDirectory()) names.push(entry.name);
      else {
        names.push(`${entry.name}/`);
        // What is inside of a nested repository is never looked at: that there is one is refused.
        if (entry.name.toLowerCase() !== '.git') folders.push(below);
      }
    }
    return { names, folders };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'EPERM') return null;
    throw error;
  }
}
