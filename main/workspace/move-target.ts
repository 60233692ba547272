import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Failure, Result } from '../shared/result.ts';
import { copyIndex } from './copy-index.ts';
import type { Git } from './git.ts';
import type { Identity } from './identity.ts';
import { indexLockOf, releaseLinkedLock, takeLinkedLock } from './linked-lock.ts';
import { MOVE_VARIABLE, dropJournal, giveUpJournal, journalFiles, writeJournal } from './move-journal.ts';
import type { MoveJournal } from './move-journal.ts';
import { currentBranch, resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';
import { dropRefLocks } from './ref-locks.ts';
import { undoMove } from './settle-moves.ts';
import { ignoreMissing } from './workspace-paths.ts';

export interface Move {
  readonly target: string;
  readonly from: string;
  readonly to: string;
  readonly identity: Identity;
  readonly reflog: string;
}

/**
 * Moves the target from one commit to the next, with the owner's files when it is checked out. Fails with `target_moved` when somebody
 * else moved it, and with `dirty_target` when a file of the owner is in the way; then nothing has changed. In order: journal, index
 * lock, files and a new index beside the old one, branch, the new index in place of the old, lock and journal gone. A kill at any
 * point leaves what `settleMoves` can finish, once the branch has moved, or undo, before.
 */
export async function moveTarget(git: Git, repository: Repository, move: Move): Promise<Result<null>> {
  const branch = await currentBranch(git, repository.place);
  if (!branch.ok) return branch;
  const checkedOut = branch.value === move.target;
  const { target, from, to } = move;
  const journal = await writeJournal(repository, git.clock, {
    target,
    from,
    to,
    checkedOut,
    locks: [`refs/heads/${target}.lock`],
  });
  const moved = checkedOut
    ? await moveFiles(git, repository, move, journal)
    : await moveBranch(git, repository, move, journal);
  // What could not be undone keeps its journal and its lock: the next who comes by tries again.
  if (!moved.ok && moved.error.tag === 'move_unfinished') {
    giveUpJournal(journal.id);
    return moved;
  }
  await releaseLinkedLock(indexLockOf(repository), journalFiles(repository, journal.id).journal);
  await dropJournal(repository, journal.id);
  return moved;
}

async function moveFiles(
  git: Git,
  repository: Repository,
  move: Move,
  journal: MoveJournal,
): Promise<Result<null>> {
  const { target, from, to } = move;
  const files = journalFiles(repository, journal.id);
  const locked = await takeLinkedLock(git, indexLockOf(repository), files.journal);
  if (!locked.ok) return locked;
  // Looked at again, because until now another git may have worked here.
  const branch = await currentBranch(git, repository.place);
  if (!branch.ok) return branch;
  const tip = await resolveCommit(git, repository.place, `refs/heads/${target}`);
  if (!tip.ok) return tip;
  if (branch.value !== target || tip.value !== from) return targetMoved(target);
  const index = join(repository.gitDir, 'index');
  if (await stat(index).catch(ignoreMissing)) await copyIndex(index, files.index);
  const placed = await git.run(
    { ...repository.place, index: files.index },
    ['read-tree', '-m', '-u', from, to],
    {
      env: { [MOVE_VARIABLE]: journal.id },
    },
  );
  if (!placed.ok) {
    // Git looks at every file before it touches the first; anything else may have been cut off on the way.
    if (isInTheWay(placed.error)) return inTheWay(placed.error);
    return takeBack(git, repository, journal, placed);
  }
  const moved = await moveBranch(git, repository, move, journal);
  if (!moved.ok) return takeBack(git, repository, journal, moved);
  await rename(files.index, index);
  return ok(null);
}

async function moveBranch(
  git: Git,
  repository: Repository,
  move: Move,
  journal: MoveJournal,
): Promise<Result<null>> {
  const { target, from, to } = move;
  const moved = await git.run(
    repository.place,
    ['update-ref', '-m', move.reflog, `refs/heads/${target}`, to, from],
    { env: { ...move.identity, [MOVE_VARIABLE]: journal.id } },
  );
  if (moved.ok) return ok(null);
  if (wasCutOff(moved.error)) await dropRefLocks(git, repository, journal);
  // A git that was killed may have moved the branch first.
  const tip = await resolveCommit(git, repository.place, `refs/heads/${target}`);
  if (tip.ok && tip.value === to) return ok(null);
  return moved.error.tag === 'ref_moved' ? targetMoved(target) : moved;
}

async function takeBack(
  git: Git,
  repository: Repository,
  journal: MoveJournal,
  because: Result<null> | Result<unknown>,
): Promise<Result<null>> {
  const undone = await undoMove(git, repository, journal);
  if (!undone.ok) {
    return fail(
      'move_unfinished',
      `The apply was cut off, and could not be undone yet: ${undone.error.message}`,
      {
        hint: 'Homer undoes it before the next apply and at its next start.',
        details: undone.error,
      },
    );
  }
  return because.ok ? ok(null) : because;
}

/** Whether a git may have ended without taking its locks along; one that found a lock holds none. */
function wasCutOff(error: Failure): boolean {
  return error.tag === 'git_failed' || error.tag === 'git_timeout';
}

function targetMoved(target: string): Result<null> {
  return fail('target_moved', `${target} moved while Homer was at work on it.`, { hint: 'Try again.' });
}

function isInTheWay(error: Failure): boolean {
  return /would be (?:overwritten|removed)|not uptodate|would lose untracked/u.test(
    JSON.stringify(error.details ?? ''),
  );
}

function inTheWay(error: Failure): Result<null> {
  return fail('dirty_target', 'Your own uncommitted changes are in the way.', {
    hint: 'Commit, stash or move those files, then try again.',
    details: error.details,
  });
}
