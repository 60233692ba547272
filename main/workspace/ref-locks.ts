import { statSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTime } from '../shared/clock.ts';
import { createScope } from '../shared/scope.ts';
import { someGitAtWork } from './git-at-work.ts';
import type { Git } from './git.ts';
import { releaseLinkedLock } from './linked-lock.ts';
import { journalFiles } from './move-journal.ts';
import type { MoveJournal } from './move-journal.ts';
import type { Repository } from './repository.ts';
import { unlessMissing } from './unless-missing.ts';
import { ignoreMissing } from './workspace-paths.ts';

/** A lock of a git that lives is gone sooner, most often: it is held for one write. */
const STALE_MS = 1_000;
/** How far the clock of a disk may be from that of the machine. */
const CLOCK_MS = 100;

/**
 * Removes the lock files that a host or git that was killed left on references, and none that could be another's. Certain are those
 * that are the journal file under a second name, and those that hold the very commit of the move. One that holds nothing yet goes only
 * when it is not older than the move, stays the same for a moment, and no other git is at work in the repository that could have it.
 */
export async function dropRefLocks(git: Git, repository: Repository, journal: MoveJournal): Promise<void> {
  const own = journalFiles(repository, journal.id).journal;
  const locks = journal.locks.map((lock) => join(repository.commonDir, ...lock.split('/')));
  // Git locks HEAD with the branch that it stands on.
  if (journal.checkedOut) locks.push(join(repository.gitDir, 'HEAD.lock'));
  for (const lock of locks) {
    await releaseLinkedLock(lock, own);
    if (journal.linked === true) continue;
    const first = await look(lock, journal);
    if (first === null) continue;
    if (first.certain) await rm(lock, { force: true });
    else await dropStaleLock(git, repository, lock);
  }
}

export function lockOfRef({ commonDir }: Repository, ref: string): string {
  return join(commonDir, ...`${ref}.lock`.split('/'));
}

/**
 * Removes a lock on what nobody but Homer has a reason to change for long, once it has stood as it is for a moment and no other git is at
 * work in the repository: one that packs references takes each lock there is, for as long as it writes.
 */
export async function dropStaleLock(git: Git, repository: Repository, lock: string): Promise<void> {
  const first = unlessMissing(() => statSync(lock, { throwIfNoEntry: false }));
  if (!first) return;
  const scope = createScope('lock');
  const age = Math.max(0, git.clock.now() - first.mtimeMs);
  if (age < STALE_MS) await git.clock.sleep(scope, STALE_MS - age);
  await scope.close();
  if (await someGitAtWork(repository)) {
    git.log.warn('a lock may be another git’s and is left', { lock });
    return;
  }
  const now = await stat(lock).catch(ignoreMissing);
  if (now?.ino === first.ino && now.mtimeMs === first.mtimeMs) await rm(lock, { force: true });
}

async function look(lock: string, journal: MoveJournal): Promise<{ certain: boolean } | null> {
  const found = await stat(lock).catch(ignoreMissing);
  if (!found || found.mtimeMs < parseTime(journal.at) - CLOCK_MS) return null;
  // These never hold what they are taken for, but the names of tables, or nothing.
  if (/(?:packed-refs|tables\.list)\.lock$/u.test(lock)) return { certain: false };
  const held = (await readFile(lock, 'utf8').catch(ignoreMissing))?.trim();
  if (held !== '' && held !== journal.to) return null;
  return { certain: held !== '' };
}
