import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import type { Identity } from './identity.ts';
import { currentBranch } from './repository.ts';
import type { Repository } from './repository.ts';

/**
 * Moves the target from one commit to the next in one step, with the owner's files when it is checked out. Fails with `target_moved`
 * when somebody else moved it, and with `dirty_target` when a file of the owner is in the way; then nothing has changed.
 */
export async function moveTarget(
  git: Git,
  repository: Repository,
  step: { target: string; from: string; to: string; identity: Identity; reflog: string },
): Promise<Result<null>> {
  const { target } = step;
  const branch = await currentBranch(git, repository.place);
  if (!branch.ok) return branch;
  const moved =
    branch.value === target
      ? await git.run(repository.place, ['merge', '--ff-only', '--no-overwrite-ignore', '--quiet', step.to], {
          env: { ...step.identity, GIT_REFLOG_ACTION: step.reflog },
        })
      : await git.run(
          repository.place,
          ['update-ref', '-m', step.reflog, `refs/heads/${target}`, step.to, step.from],
          { env: step.identity },
        );
  if (moved.ok) return ok(null);
  const text = JSON.stringify(moved.error.details ?? '');
  if (moved.error.tag === 'ref_moved' || /not possible to fast-forward/iu.test(text)) {
    return fail('target_moved', `${target} moved while Homer was at work on it.`, { hint: 'Try again.' });
  }
  if (/would be overwritten/u.test(text)) {
    return fail('dirty_target', 'Your own uncommitted changes are in the way.', {
      hint: 'Commit, stash or move those files, then try again.',
      details: moved.error.details,
    });
  }
  return moved;
}
