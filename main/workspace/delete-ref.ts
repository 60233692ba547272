import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { MOVE_VARIABLE, dropJournal, writeJournal } from './move-journal.ts';
import { dropRefLocks } from './ref-locks.ts';
import type { Repository } from './repository.ts';

/**
 * Deletes one of Homer's own refs, only at `old` when that is given; one that is not there, or elsewhere, is no failure. Git takes
 * the lock of all packed refs for it, which the owner needs too: the journal says whose it is, should git be killed with it.
 */
export async function deleteRef(
  git: Git,
  repository: Repository,
  ref: string,
  old?: string,
): Promise<Result<null>> {
  const journal = await writeJournal(repository, git.clock, {
    target: ref,
    from: '',
    to: '',
    checkedOut: false,
    locks: ['packed-refs.lock', `${ref}.lock`],
  });
  const deleted = await git.run(
    repository.place,
    ['update-ref', '-d', ref, ...(old === undefined ? [] : [old])],
    { env: { [MOVE_VARIABLE]: journal.id }, ...(old === undefined ? {} : { accept: [0, 1, 128] }) },
  );
  if (!deleted.ok && deleted.error.tag === 'git_failed') await dropRefLocks(git, repository, journal);
  await dropJournal(repository, journal.id);
  return deleted.ok ? ok(null) : deleted;
}
