import { link, lstat, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createScope } from '../shared/scope.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import type { Repository } from './repository.ts';
import { ignoreMissing } from './workspace-paths.ts';

const WAIT_MS = 3_000;
const POLL_MS = 25;

/** Git's own lock on the owner's index. */
export function indexLockOf(repository: Repository): string {
  return join(repository.gitDir, 'index.lock');
}

/**
 * Takes one of git's own locks as a second name of the journal file: so that no other git does meanwhile what the lock stands for,
 * and whoever finds it can tell for certain that it is Homer's, however its host ended. Waits a moment for another git, then fails
 * with `repository_locked`; with `journal_gone` when there is no such journal to name it by.
 */
export async function takeLinkedLock(git: Git, lock: string, journal: string): Promise<Result<null>> {
  const scope = createScope('lock');
  try {
    for (const end = git.clock.monotonic() + WAIT_MS; ;) {
      try {
        await link(journal, lock);
        return ok(null);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // The folders above a reference are there only while something is in them.
        if (code === 'ENOENT') {
          if (!(await lstat(journal).catch(ignoreMissing))) return journalGone(journal);
          await mkdir(dirname(lock), { recursive: true });
          continue;
        }
        if (code !== 'EEXIST') throw error;
        if (await holdsLinkedLock(lock, journal)) return ok(null);
        if (git.clock.monotonic() > end) break;
        await git.clock.sleep(scope, POLL_MS);
      }
    }
  } finally {
    await scope.close();
  }
  const found = await lstat(lock).catch(ignoreMissing);
  const minutes = found ? Math.floor((git.clock.now() - found.mtimeMs) / 60_000) : 0;
  const since = minutes < 1 ? '' : `, for ${String(minutes)} min now`;
  return fail(
    'repository_locked',
    `Another git command is at work in this repository: it holds ${lock}${since}.`,
    {
      hint: 'Wait for it to end and try again; if no git runs in this repository, remove that file.',
    },
  );
}

function journalGone(journal: string): Result<null> {
  return fail('journal_gone', `${journal} was removed while Homer worked by it.`, { hint: 'Try again.' });
}

/** Whether the lock there is the one taken for this journal. */
export async function holdsLinkedLock(lock: string, journal: string): Promise<boolean> {
  const [found, own] = await Promise.all([
    lstat(lock).catch(ignoreMissing),
    lstat(journal).catch(ignoreMissing),
  ]);
  return found !== undefined && own !== undefined && found.ino === own.ino && found.dev === own.dev;
}

export async function releaseLinkedLock(lock: string, journal: string): Promise<void> {
  if (await holdsLinkedLock(lock, journal)) await rm(lock, { force: true });
}
