import { lstat, open, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { releaseLinkedLock, takeLinkedLock } from './linked-lock.ts';
import { MOVE_VARIABLE, dropJournal, journalFiles, writeJournal } from './move-journal.ts';
import type { MoveJournal } from './move-journal.ts';
import { dropRefLocks } from './ref-locks.ts';
import type { Repository } from './repository.ts';
import { settleIn } from './settle-moves.ts';
import { ignoreMissing } from './workspace-paths.ts';

/**
 * Deletes one of Homer's own refs, only at `old` when that is given; one that is not there, or elsewhere, is no failure. The lock of
 * all packed refs must be held for it, which the owner needs too, and a killed git would leave it with nothing to tell whose it was.
 * So the few steps are taken here, in git's order and under git's locks, which are names of the journal while they are held. Where
 * references are kept in tables, or files have no second names, git does it.
 */
export async function deleteRef(
  git: Git,
  repository: Repository,
  ref: string,
  old?: string,
): Promise<Result<null>> {
  const place = await placeOf(repository, ref);
  if (place.kind === 'other') return deleteByGit(git, repository, ref, old);
  const locks = ['packed-refs.lock', `${ref}.lock`];
  const journal = await writeJournal(repository, git.clock, { ...ownRef(ref, locks), linked: true });
  const file = journalFiles(repository, journal.id).journal;
  try {
    for (const lock of [place.packedLock, place.looseLock]) {
      let taken = await takeLinkedLock(git, lock, file);
      // One that a killed host left is given up by whoever comes next.
      if (!taken.ok && (await settledSome(git, repository))) taken = await takeLinkedLock(git, lock, file);
      if (!taken.ok) return taken;
    }
    return await deleteHere(repository, place, { ref, old, journal });
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
  } finally {
    for (const lock of [place.looseLock, place.packedLock]) await releaseLinkedLock(lock, file);
    await dropJournal(repository, journal.id);
    for (const path of [place.loose, place.log]) await dropEmptyFolders(path, ref);
  }
  return deleteByGit(git, repository, ref, old);
}

interface RefFiles {
  readonly kind: 'files';
  readonly loose: string;
  readonly log: string;
  readonly packed: string;
  readonly looseLock: string;
  readonly packedLock: string;
}

async function placeOf({ commonDir }: Repository, ref: string): Promise<RefFiles | { kind: 'other' }> {
  const loose = join(commonDir, ...ref.split('/'));
  const packed = join(commonDir, 'packed-refs');
  const [tables, file, list] = await Promise.all(
    [join(commonDir, 'reftable'), loose, packed].map((path) => lstat(path).catch(ignoreMissing)),
  );
  if (tables !== undefined || (list && !list.isFile()) || (file && !file.isFile() && !file.isDirectory()))
    return { kind: 'other' };
  return {
    kind: 'files',
    loose,
    log: join(commonDir, 'logs', ...ref.split('/')),
    packed,
    looseLock: `${loose}.lock`,
    packedLock: `${packed}.lock`,
  };
}

/** With both locks held. The packed one first, so that no older value comes to light meanwhile. */
async function deleteHere(
  repository: Repository,
  place: RefFiles,
  what: { ref: string; old: string | undefined; journal: MoveJournal },
): Promise<Result<null>> {
  const lines = ((await readFile(place.packed, 'latin1').catch(ignoreMissing)) ?? '').split('\n');
  const name = Buffer.from(what.ref).toString('latin1');
  const at = lines.findIndex((line) => line.endsWith(` ${name}`) && /^[0-9a-f]{40,64} /u.test(line));
  const loose = (await readFile(place.loose, 'utf8').catch(orFolder))?.trim();
  if (loose?.startsWith('ref:') === true)
    return fail('git_failed', `${what.ref} is a link to another reference.`, {
      hint: 'Homer makes none of that name: look at it with "git symbolic-ref".',
    });
  const value = loose ?? (at < 0 ? undefined : lines[at]?.split(' ')[0]);
  if (value === undefined || (what.old !== undefined && value !== what.old)) return ok(null);
  if (at >= 0) {
    // A tag's line is followed by one with what it stands for.
    lines.splice(at, lines[at + 1]?.startsWith('^') === true ? 2 : 1);
    const fresh = journalFiles(repository, what.journal.id).index;
    const file = await open(fresh, 'wx', (await lstat(place.packed)).mode & 0o777);
    try {
      await file.writeFile(lines.join('\n'), 'latin1');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, place.packed);
  }
  await rm(place.log, { force: true });
  if (loose !== undefined) await rm(place.loose, { force: true });
  return ok(null);
}

/** As git leaves no empty folders behind: below `refs/heads` or `refs/homer`, never these. */
async function dropEmptyFolders(path: string, ref: string): Promise<void> {
  let folder = dirname(path);
  for (let depth = ref.split('/').length - 1; depth > 2; depth -= 1) {
    try {
      await rmdir(folder);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(code)) return;
      throw error;
    }
    folder = dirname(folder);
  }
}

async function deleteByGit(
  git: Git,
  repository: Repository,
  ref: string,
  old: string | undefined,
): Promise<Result<null>> {
  const locks = ['packed-refs.lock', 'reftable/tables.list.lock', `${ref}.lock`];
  const journal = await writeJournal(repository, git.clock, ownRef(ref, locks));
  const deleted = await git.run(
    repository.place,
    ['update-ref', '-d', ref, ...(old === undefined ? [] : [old])],
    { env: { [MOVE_VARIABLE]: journal.id }, ...(old === undefined ? {} : { accept: [0, 1, 128] }) },
  );
  // A git that found it locked holds nothing itself.
  if (!deleted.ok && deleted.error.tag !== 'repository_locked') await dropRefLocks(git, repository, journal);
  await dropJournal(repository, journal.id);
  return deleted.ok ? ok(null) : deleted;
}

function ownRef(
  ref: string,
  locks: string[],
): Pick<MoveJournal, 'target' | 'from' | 'to' | 'checkedOut' | 'locks'> {
  return { target: ref, from: '', to: '', checkedOut: false, locks };
}

async function settledSome(git: Git, repository: Repository): Promise<boolean> {
  const settled = await settleIn(git, repository);
  return settled.ok && settled.value > 0;
}

function hasNoLinks(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code);
}

/** An empty folder may stand where a reference was. */
function orFolder(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'EISDIR') return undefined;
  ignoreMissing(error);
  return undefined;
}
