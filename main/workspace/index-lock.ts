import { link, lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createScope } from '../shared/scope.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import type { Repository } from './repository.ts';
import { ignoreMissing } from './workspace-paths.ts';

const WAIT_MS = 3_000;
const POLL_MS = 25;

/**
 * Takes git's own lock on the owner's index, as a second name of the journal file: so that no other git works in the folder meanwhile,
 * and whoever finds the lock can tell that it is Homer's. Waits a moment for another git, then fails with `repository_locked`.
 */
export async function takeIndexLock(
  git: Git,
  repository: Repository,
  journal: string,
): Promise<Result<null>> {
  const path = lockPath(repository);
  const scope = createScope('index lock');
  try {
    for (const end = git.clock.monotonic() + WAIT_MS; ;) {
      try {
        await link(journal, path);
        return ok(null);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (await holdsIndexLock(repository, journal)) return ok(null);
        if (git.clock.monotonic() > end) break;
        await git.clock.sleep(scope, POLL_MS);
      }
    }
  } finally {
    await scope.close();
  }
  return fail('repository_locked', 'Another git command is at work in this repository.', {
    hint: `Wait for it to end and try again; if none is running, remove ${path}.`,
  });
}

/** Whether the lock there is the one taken for this journal. */
export async function holdsIndexLock(repository: Repository, journal: string): Promise<boolean> {
  const [lock, own] = await Promise.all([
    lstat(lockPath(repository)).catch(ignoreMissing),
    lstat(journal).catch(ignoreMissing),
  ]);
  return lock !== undefined && own !== undefined && lock.ino === own.ino && lock.dev === own.dev;
}

export async function releaseIndexLock(repository: Repository, journal: string): Promise<void> {
  if (await holdsIndexLock(repository, journal)) await rm(lockPath(repository), { force: true });
}

function lockPath(repository: Repository): string {
  return join(repository.gitDir, 'index.lock');
}
