import { copyFile, rename, stat, utimes } from 'node:fs/promises';

/**
 * Copies a git index together with its modification time. Git reads again what was written in the second of the index's own time,
 * since times alone cannot tell such a file from a changed one; a copy with a later time would make git miss a quick change.
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  const { mtimeMs } = await stat(from);
  const fresh = `${to}.new`;
  await copyFile(from, fresh);
  const seconds = Math.floor(mtimeMs / 1000);
  await utimes(fresh, seconds, seconds);
  await rename(fresh, to);
}
