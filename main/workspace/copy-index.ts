import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git, GitPlace } from './git.ts';
import { readIfSmall } from './plain-file.ts';
import { unlessMissing } from './unless-missing.ts';
import { constants, lstatSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';

/**
 * Copies a git index together with its modification time. Git reads again what was written in the second of the index's own time,
 * since times alone cannot tell such a file from a changed one; a copy with a later time would make git miss a quick change.
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  const { mtimeMs, mode } = statSync(from);
  const fresh = `${to}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const small = readIfSmall(from);
  if (small) writeFileSync(fresh, small, { flag: 'wx', mode });
  else await copyFile(from, fresh, constants.COPYFILE_EXCL);
  const seconds = Math.floor(mtimeMs / 1000);
  utimesSync(fresh, seconds, seconds);
  if (unlessMissing(() => lstatSync(to))?.isDirectory() === true) rmSync(to, { recursive: true });
  renameSync(fresh, to);
}

/**
 * Makes the index of `place` hold `commit`, and takes note of files that were touched but not changed. Whatever a killed host had
 * staged there before is dropped, also when the file changed since: the worktree itself is never touched.
 */
export async function readTreeFresh(git: Git, place: GitPlace, commit: string): Promise<Result<null>> {
  const read = await git.run(place, ['read-tree', '--reset', commit]);
  if (!read.ok) return read;
  // Exit code 1 only says that some files do differ.
  const fresh = await git.run(place, ['update-index', '-q', '--ignore-submodules', '--refresh'], {
    accept: [0, 1],
  });
  return fresh.ok ? ok(null) : fresh;
}
