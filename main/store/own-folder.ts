import { chmodSync, mkdirSync, statSync } from 'node:fs';

/** Makes a data folder, or closes one that is there to everybody but its owner; throws what the file system throws. */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode } = statSync(folder);
  // A folder with others in it, such as a shared one with the sticky bit, is not Homer's to close.
  if ((mode & 0o077) !== 0 && (mode & 0o1000) === 0) chmodSync(folder, mode & 0o700);
}
