import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { formatTime } from '../shared/clock.ts';
import { deleteRef } from './delete-ref.ts';
import type { Git } from './git.ts';
import { openRepository, type Repository } from './repository.ts';
import { settleIn } from './settle-moves.ts';

/** Every branch Homer makes has a name below this; it looks at no other, and deletes no other. */
export const BRANCH_PREFIX = 'homer/';

export interface LeftBranch {
  readonly name: string;
  readonly commit: string;
  /** First line of its last commit. */
  readonly subject: string;
  readonly committedAt: string;
  /** Whether every commit of it is in the project's branch. */
  readonly merged: boolean;
  /** A worktree stands on it. */
  readonly inUse: boolean;
}

const FORMAT =
  '%(refname:short)%00%(objectname)%00%(committerdate:unix)%00%(worktreepath)%00%(contents:subject)';

/** Homer's branches of a project, the newest commit first. */
export async function listBranches(
  git: Git,
  input: { projectPath: string; defaultBranch: string },
): Promise<Result<LeftBranch[]>> {
  const opened = await openRepository(git, input.projectPath);
  return opened.ok ? branchesOf(git, opened.value, input.defaultBranch) : opened;
}

async function branchesOf(
  git: Git,
  { place }: Repository,
  defaultBranch: string,
): Promise<Result<LeftBranch[]>> {
  const pattern = `refs/heads/${BRANCH_PREFIX}`;
  const all = await git.run(place, ['for-each-ref', '--sort=-committerdate', `--format=${FORMAT}`, pattern]);
  if (!all.ok) return all;
  const merged = await git.run(
    place,
    ['for-each-ref', `--merged=refs/heads/${defaultBranch}`, '--format=%(refname:short)', pattern],
    // A default branch that is not there has merged nothing.
    { accept: [0, 128, 129] },
  );
  if (!merged.ok) return merged;
  const within = new Set(merged.value.exitCode === 0 ? merged.value.text().split('\n') : []);
  return ok(
    all.value
      .text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [name = '', commit = '', seconds = '0', worktree = '', subject = ''] = line.split('\0');
        return {
          name,
          commit,
          subject: subject.slice(0, 300),
          committedAt: formatTime(Number(seconds) * 1000),
          merged: within.has(name),
          inUse: worktree !== '',
        };
      }),
  );
}

/**
 * Deletes a branch of Homer's that no worktree stands on, as long as it stands at `commit`. One with work that is in no other
 * branch goes only when that is said.
 */
export async function deleteBranch(
  git: Git,
  input: {
    projectPath: string;
    defaultBranch: string;
    name: string;
    commit: string;
    unmerged: boolean;
  },
): Promise<Result<null>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const settled = await settleIn(git, opened.value);
  if (!settled.ok) return settled;
  const listed = await branchesOf(git, opened.value, input.defaultBranch);
  if (!listed.ok) return listed;
  const branch = listed.value.find(({ name }) => name === input.name);
  if (!branch)
    return fail('not_found', `Homer made no branch ${input.name} here.`, {
      hint: 'It may be gone already. List the branches and try again.',
    });
  if (branch.commit !== input.commit)
    return fail('ref_moved', `${input.name} has moved since it was shown.`, {
      hint: 'Look at it again, then decide.',
    });
  if (branch.inUse)
    return fail('worktree_in_use', `A worktree stands on ${input.name}.`, {
      hint: 'Remove the worktree first; its branch goes with it when its run has ended.',
    });
  if (!branch.merged && !input.unmerged)
    return fail('unmerged_branch', `${input.name} has commits that are in no other branch.`, {
      hint: 'Apply or merge it first, or say that its commits may go.',
    });
  return deleteRef(git, opened.value, `refs/heads/${input.name}`, branch.commit);
}
