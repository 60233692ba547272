import type { ApplyStrategy } from '../domain/run/apply-strategy.ts';
import type { LeftOut } from '../domain/run/left-out.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { changeTarget, guardTarget, moveFound } from './change-target.ts';
import type { OnTarget, RunOnTarget, TargetFound } from './change-target.ts';
import type { Git } from './git.ts';
import { ownerIdentity } from './identity.ts';
import type { Identity } from './identity.ts';
import { judgeResult } from './judge-result.ts';
import { leaveOut, leftOutWords } from './leave-out.ts';
import { previewMerge } from './merge-preview.ts';
import { mergeTrees } from './merge-trees.ts';
import { replayCommits, treeOf } from './replay-commits.ts';
import type { Replayed } from './replay-commits.ts';
import { resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';
import { RUN_TRAILER, titleOf } from './run-mark.ts';
import { withScratchWorktree } from './scratch-worktree.ts';
import { listed } from './target-state.ts';

export interface ApplyInput extends RunOnTarget {
  readonly head: string;
  readonly method: ApplyStrategy;
  /** What of the result stays away. */
  readonly leftOut?: LeftOut;
  /** The project's, as it is now: what is applied is judged by it once more. */
  readonly policy?: PathPolicy;
  /** Looks at the result, checked out in `folder`, before the branch moves; its refusal is the apply's. */
  readonly check?: (folder: string) => Promise<Result<null>>;
}

/**
 * Brings a run's commits to the target branch. The result is made as objects first; only when all is well does the branch move, in
 * one step that fails if somebody else moved it. A run whose trailer is the last word of the target on it is not applied again, so a
 * crash between the move and its record does no harm. One that was rolled back is.
 */
export function applyRun(git: Git, input: ApplyInput): Promise<Result<OnTarget>> {
  return changeTarget(git, input, (found) => applyTo(git, found, input));
}

async function applyTo(git: Git, found: TargetFound, input: ApplyInput): Promise<Result<OnTarget>> {
  const { repository, tip, mark } = found;
  const { target } = input;
  if (mark?.kind === 'applied') return ok({ commit: mark.commit, target });
  const head = await chosenWork(git, repository, input);
  if (!head.ok) return head;
  const allowed = await judgeResult(git, repository, { ...input, head: head.value });
  if (!allowed.ok) return allowed;

  const identity = await ownerIdentity(git, repository.place);
  if (!identity.ok) return identity;
  const made = await makeResult(git, repository, {
    ...input,
    head: head.value,
    tip,
    rolledBackBy: mark?.commit ?? null,
    identity: identity.value,
  });
  if (!made.ok) return made;
  const { tree, commit, conflicts } = made.value;
  if (conflicts.length > 0) {
    return fail('merge_conflict', `The work conflicts with ${target} in ${listed(conflicts)}.`, {
      hint: 'Ask for changes, so that the run starts again from the branch as it is now, or merge by hand.',
      details: { files: conflicts },
    });
  }
  const same = await treeOf(git, repository, tip);
  if (!same.ok) return same;
  // The owner has brought the very same changes in by hand.
  if (same.value === tree) return ok({ commit: tip, target });
  const free = await guardTarget(git, found, target, tree);
  if (!free.ok) return free;
  const { check } = input;
  if (check) {
    const checked = await withScratchWorktree(git, { projectPath: input.projectPath, commit }, ({ path }) =>
      check(path),
    );
    if (!checked.ok) return checked;
  }
  return moveFound(git, found, {
    target,
    commit,
    identity: identity.value,
    reflog: `homer: apply run #${String(input.number)}`,
  });
}

/** The commit that is brought in: the run's own, or one without what was left out. */
export async function chosenWork(
  git: Git,
  repository: Repository,
  input: Pick<ApplyInput, 'base' | 'head' | 'title' | 'number' | 'leftOut'>,
): Promise<Result<string>> {
  const head = await resolveCommit(git, repository.place, input.head);
  if (!head.ok) return head;
  if (head.value === input.base)
    return fail('nothing_to_apply', 'The run changed no file, so there is nothing to apply.', {
      hint: 'Close the run instead.',
    });
  const { leftOut } = input;
  return leftOut ? leaveOut(git, repository, { ...input, head: head.value, leftOut }) : head;
}

/**
 * The commit the target shall move to. Work whose merge was rolled back is in the target's history already, so that git would find
 * nothing to merge: it comes back by undoing the roll-back.
 */
export async function makeResult(
  git: Git,
  repository: Repository,
  input: ApplyInput & { tip: string; rolledBackBy: string | null; identity: Identity },
): Promise<Result<Replayed>> {
  const { tip, head, rolledBackBy, identity } = input;
  let inHistory = false;
  if (rolledBackBy !== null) {
    const asked = await git.run(repository.place, ['merge-base', '--is-ancestor', head, tip], {
      accept: [0, 1],
    });
    if (!asked.ok) return asked;
    inHistory = asked.value.exitCode === 0;
  }
  if (input.method === 'rebase' && !inHistory) return replayCommits(git, repository, input);
  const preview = inHistory
    ? await mergeTrees(git, repository, {
        base: rolledBackBy ?? '',
        ours: tip,
        theirs: `${rolledBackBy ?? ''}^1`,
      })
    : await previewMerge(git, repository, { ours: tip, theirs: head });
  if (!preview.ok) return preview;
  const { tree, conflicts } = preview.value;
  if (conflicts.length > 0) return ok({ commit: tip, tree, conflicts });
  const parents = input.method === 'merge' && !inHistory ? [tip, head] : [tip];
  const made = await git.run(
    repository.place,
    ['commit-tree', ...parents.flatMap((parent) => ['-p', parent]), '-F', '-', tree],
    {
      input: `${titleOf(input)}\n\n${input.leftOut ? `${leftOutWords(input.leftOut)}\n\n` : ''}${RUN_TRAILER}: ${input.runId}\n`,
      env: identity,
    },
  );
  return made.ok ? ok({ commit: made.value.text(), tree, conflicts }) : made;
}
