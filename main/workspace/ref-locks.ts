import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTime } from '../shared/clock.ts';
import { createScope } from '../shared/scope.ts';
import type { Git } from './git.ts';
import type { MoveJournal } from './move-journal.ts';
import type { Repository } from './repository.ts';
import { ignoreMissing } from './workspace-paths.ts';

/** A lock of a git that lives is gone sooner: it is held for one write. */
const STALE_MS = 1_000;

/**
 * Removes the lock files that a killed `update-ref` left on its refs and on HEAD. They are known by what they hold, the commit of
 * the move, or nothing yet, where they hold a commit at all; by their age, not older than the move; and by staying the same for a moment.
 */
export async function dropRefLocks(git: Git, repository: Repository, journal: MoveJournal): Promise<void> {
  const locks = [
    ...journal.locks.map((lock) => join(repository.commonDir, ...lock.split('/'))),
    join(repository.gitDir, 'HEAD.lock'),
  ];
  for (const lock of locks) {
    const first = await look(lock, journal);
    if (first === null) continue;
    const scope = createScope('ref lock');
    await git.clock.sleep(scope, STALE_MS);
    await scope.close();
    if ((await look(lock, journal)) === first) await rm(lock, { force: true });
  }
}

async function look(lock: string, journal: MoveJournal): Promise<number | null> {
  const found = await stat(lock).catch(ignoreMissing);
  if (!found || found.mtimeMs < parseTime(journal.at) - STALE_MS) return null;
  if (lock.endsWith('packed-refs.lock')) return found.ino;
  const held = (await readFile(lock, 'utf8').catch(ignoreMissing))?.trim();
  return held === '' || held === journal.to ? found.ino : null;
}
