import { chmodSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Makes a data folder, or closes one that is there to everybody but its owner; throws what the file system throws. */
export function ownFolder(folder: string): void {
  makeFolder(path.resolve(folder));
  const { mode } = statSync(folder);
  // A folder with others in it, such as a shared one with the sticky bit, is not Homer's to close.
  if ((mode & 0o077) !== 0 && (mode & 0o1000) === 0) chmodSync(folder, mode & 0o700);
}

/** Level by level: the recursive form of Node never returns on file systems that refuse with ENOENT, such as /proc. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}
