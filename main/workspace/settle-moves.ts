import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createScope } from '../shared/scope.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { readHead } from './before-turn.ts';
import { parseRaw } from './changed-paths.ts';
import { copyIndex } from './copy-index.ts';
import type { Git } from './git.ts';
import { ownerIdentity } from './identity.ts';
import { indexLockOf, releaseLinkedLock, takeLinkedLock } from './linked-lock.ts';
import { deadJournals, dropJournal, journalFiles } from './move-journal.ts';
import type { MoveJournal } from './move-journal.ts';
import { isAlive } from './move-process.ts';
import { openRepository, resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';
import { compareFiles, removeFile } from './half-written.ts';
import { dropRefLocks } from './ref-locks.ts';
import { sweepGitFolder } from './sweep-git-folder.ts';
import { ignoreMissing } from './workspace-paths.ts';

const POLL_MS = 20;
const GONE_LIMIT_MS = 10_000;

/**
 * Finishes or undoes what killed hosts left half done in a project: a move whose branch has moved is brought to its end, any other is
 * taken back. Gives how many there were. Cheap when there is none: one look into the git folder.
 */
export async function settleMoves(git: Git, projectPath: string): Promise<Result<number>> {
  const opened = await openRepository(git, projectPath);
  if (!opened.ok) return opened;
  return settleIn(git, opened.value);
}

/** What is being settled now, by repository: runs that begin together come to the same journal, and two at once trip each other. */
const underWay = new WeakMap<Git, Map<string, Promise<Result<number>>>>();

export function settleIn(git: Git, repository: Repository): Promise<Result<number>> {
  const { commonDir } = repository;
  const known = underWay.get(git) ?? new Map<string, Promise<Result<number>>>();
  underWay.set(git, known);
  const settling =
    known.get(commonDir) ??
    settleAll(git, repository).finally(() => {
      known.delete(commonDir);
    });
  known.set(commonDir, settling);
  return settling;
}

async function settleAll(git: Git, repository: Repository): Promise<Result<number>> {
  const dead = await deadJournals(repository, git.clock);
  for (const journal of dead) {
    const settled = await settle(git, repository, journal);
    if (!settled.ok) return settled;
    git.log.info('a move that was cut off is settled', { target: journal.target, to: journal.to });
  }
  await sweepGitFolder(repository, git.clock);
  return ok(dead.length);
}

async function settle(git: Git, repository: Repository, journal: MoveJournal): Promise<Result<null>> {
  const gone = await untilGone(git, journal);
  if (!gone.ok) return gone;
  const files = journalFiles(repository, journal.id);
  if (journal.checkedOut) {
    const locked = await takeLinkedLock(git, indexLockOf(repository), files.journal);
    // Another host came by first, and it is settled.
    if (!locked.ok && locked.error.tag === 'journal_gone') return ok(null);
    if (!locked.ok) return locked;
  }
  const undone = await undoOrFinish(git, repository, journal);
  if (!undone.ok) return undone;
  await releaseLinkedLock(indexLockOf(repository), files.journal);
  await dropJournal(repository, journal.id);
  return ok(null);
}

async function undoOrFinish(git: Git, repository: Repository, journal: MoveJournal): Promise<Result<null>> {
  await dropRefLocks(git, repository, journal);
  if (!journal.checkedOut) return ok(null);
  const tip = await resolveCommit(git, repository.place, `refs/heads/${journal.target}`);
  if (!tip.ok) return tip;
  if (tip.value === journal.from) return undoMove(git, repository, journal);
  const logged = await completeLog(git, repository, tip.value);
  if (!logged.ok) return logged;
  const files = journalFiles(repository, journal.id);
  if (tip.value !== journal.to || !(await stat(files.index).catch(ignoreMissing))) return ok(null);
  // Only while the owner's index still is as it was before: they may have removed the lock and gone on.
  const untouched = await git.run(
    repository.place,
    ['diff-index', '--cached', '--quiet', '--ignore-submodules=none', journal.from],
    { accept: [0, 1] },
  );
  if (!untouched.ok) return untouched;
  const staged = await git.run(
    repository.place,
    ['diff-index', '--cached', '--quiet', '--ignore-submodules=none', journal.to],
    { accept: [0, 1] },
  );
  if (!staged.ok) return staged;
  if (untouched.value.exitCode === 0 || staged.value.exitCode !== 0) {
    await rename(files.index, join(repository.gitDir, 'index'));
  }
  return ok(null);
}

/** Writes down in the log of the checkout a move that git was killed before it could: whoever looks there later sees it. */
async function completeLog(git: Git, repository: Repository, tip: string): Promise<Result<null>> {
  const { headLog } = await readHead(repository);
  if (headLog === null || headLog.split(' ')[1] === tip) return ok(null);
  const identity = await ownerIdentity(git, repository.place);
  if (!identity.ok) return identity;
  const noted = await git.run(
    repository.place,
    ['update-ref', '-m', 'homer: finish a move that was cut off', 'HEAD', tip, tip],
    { env: identity.value },
  );
  return noted.ok ? ok(null) : noted;
}

/**
 * Puts back what a move had done to the owner's files before its branch moved. Only files that hold just what the move would have
 * written, or the beginning of it, are touched, and files that are missing; whatever else stands there is the owner's own.
 */
export async function undoMove(
  git: Git,
  repository: Repository,
  journal: MoveJournal,
): Promise<Result<null>> {
  const gone = await untilGone(git, journal);
  if (!gone.ok) return gone;
  await dropRefLocks(git, repository, journal);
  const files = journalFiles(repository, journal.id);
  const listed = await git.run(repository.place, [
    'diff-tree',
    '-r',
    '--raw',
    '-z',
    '--no-renames',
    journal.from,
    journal.to,
  ]);
  if (!listed.ok) return listed;
  const paths = parseRaw(listed.value.fields()).map(({ path, status }) => ({
    path,
    before: status !== 'A',
    after: status !== 'D',
  }));
  await rm(files.scratch, { recursive: true, force: true });
  await rm(`${files.index}.lock`, { force: true });
  await mkdir(files.scratch);
  const sides = { before: join(files.scratch, 'before'), after: join(files.scratch, 'after') };
  for (const [side, commit] of [
    ['before', journal.from],
    ['after', journal.to],
  ] as const) {
    const out = await checkOut(git, repository, {
      commit,
      folder: sides[side],
      index: join(files.scratch, `${side}.index`),
      paths: paths.filter((entry) => entry[side]).map(({ path }) => path),
    });
    if (!out.ok) return out;
  }
  const restore: string[] = [];
  for (const { path, before, after } of paths) {
    const standing = await compareFiles({
      found: join(repository.top, path),
      before: before ? join(sides.before, path) : null,
      after: after ? join(sides.after, path) : null,
    });
    if (standing === 'ours' && !before) await removeFile(repository.top, path);
    if ((standing === 'ours' || standing === 'missing') && before) restore.push(path);
  }
  return putBack(git, repository, { index: files.index, restore });
}

/** The owner's own files come out of a copy of their index, so that it knows their times afterwards. */
async function putBack(
  git: Git,
  repository: Repository,
  input: { index: string; restore: readonly string[] },
): Promise<Result<null>> {
  if (input.restore.length === 0) return ok(null);
  const own = join(repository.gitDir, 'index');
  await copyIndex(own, input.index);
  const restored = await git.run(
    { ...repository.place, index: input.index },
    ['checkout-index', '-f', '-u', '-q', '-z', '--stdin'],
    { input: input.restore.map((path) => `${path}\0`).join('') },
  );
  if (!restored.ok) return restored;
  await rename(input.index, own);
  return ok(null);
}

async function checkOut(
  git: Git,
  repository: Repository,
  input: { commit: string; folder: string; index: string; paths: readonly string[] },
): Promise<Result<null>> {
  const place = { ...repository.place, index: input.index };
  const read = await git.run(place, ['read-tree', input.commit]);
  if (!read.ok) return read;
  if (input.paths.length === 0) return ok(null);
  const out = await git.run(
    place,
    ['checkout-index', '-f', '-q', '-z', '--stdin', `--prefix=${input.folder}/`],
    { input: input.paths.map((path) => `${path}\0`).join('') },
  );
  return out.ok ? ok(null) : out;
}

/** A killed host does not take its git along: that one may still write. */
async function untilGone(git: Git, journal: MoveJournal): Promise<Result<null>> {
  const scope = createScope('move');
  const end = git.clock.monotonic() + GONE_LIMIT_MS;
  try {
    while (await isAlive(journal.id)) {
      if (git.clock.monotonic() > end) {
        return fail(
          'repository_locked',
          'The git of an apply that was cut off still works in this repository.',
          {
            hint: 'Wait for it to end, then try again.',
          },
        );
      }
      await git.clock.sleep(scope, POLL_MS);
    }
    return ok(null);
  } finally {
    await scope.close();
  }
}
