import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Git } from './git.ts';
import { dropStaleLock, lockOfRef } from './ref-locks.ts';
import type { Repository } from './repository.ts';
import type { RunPlace } from './workspace-paths.ts';

/**
 * Removes the lock files that a killed git left on what belongs to one run alone: its branch, its HEAD, its index. Nobody else has
 * a reason to lock these, and the commands of one run come one after another.
 */
export async function dropOwnLocks(
  git: Git,
  repository: Repository,
  run: RunPlace,
  branch: string,
): Promise<void> {
  await dropStaleLock(git, repository, lockOfRef(repository, `refs/heads/${branch}`));
  const own = [run.ownIndex, `${run.ownIndex}.align`].map((index) => `${index}.lock`);
  const locks = [join(run.gitDir, 'HEAD.lock'), join(run.gitDir, 'index.lock'), ...own];
  for (const lock of locks) rmSync(lock, { force: true });
}
