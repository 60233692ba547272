import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { changeTarget, guardTarget, moveFound } from './change-target.ts';
import type { OnTarget, RunOnTarget, TargetFound } from './change-target.ts';
import type { Git } from './git.ts';
import { ownerIdentity } from './identity.ts';
import { mergeTrees } from './merge-trees.ts';
import { treeOf } from './replay-commits.ts';
import { ROLL_BACK_TRAILER, titleOf } from './run-mark.ts';
import { listed } from './target-state.ts';

/**
 * Takes an applied run out of the target again, by one commit that undoes what its merge, its squashed commit or its rebased commits
 * changed, made against the target as it is now. Later work stays. Where that builds on the run, nothing changes and the files are
 * named. Asked again, it gives the commit made before.
 */
export function rollBackRun(git: Git, input: RunOnTarget): Promise<Result<OnTarget>> {
  return changeTarget(git, input, (found) => rollBackOn(git, found, input));
}

async function rollBackOn(git: Git, found: TargetFound, input: RunOnTarget): Promise<Result<OnTarget>> {
  const { repository, tip, mark } = found;
  const { target, runId } = input;
  if (mark === null) {
    return fail('not_on_target', `${target} holds no commit that applied this run.`, {
      hint: 'Its history may have been rewritten, or the changes were brought in by hand: undo them with git.',
    });
  }
  if (mark.kind === 'rolled_back') return ok({ commit: mark.commit, target });

  const { commit: applied, before } = mark;
  const merged = await mergeTrees(git, repository, { base: applied, ours: tip, theirs: before });
  if (!merged.ok) return merged;
  const { tree, conflicts } = merged.value;
  if (conflicts.length > 0) {
    return fail('roll_back_conflict', `Later work on ${target} builds on it in ${listed(conflicts)}.`, {
      hint: 'Undo it by hand, or let a new run do it: nothing was changed.',
      details: { files: conflicts },
    });
  }
  const same = await treeOf(git, repository, tip);
  if (!same.ok) return same;
  if (same.value === tree) {
    return fail('nothing_to_roll_back', `${target} holds none of its changes any more.`, {
      hint: 'They were undone already; there is nothing to do.',
    });
  }
  const free = await guardTarget(git, found, target, tree);
  if (!free.ok) return free;
  const identity = await ownerIdentity(git, repository.place);
  if (!identity.ok) return identity;
  const made = await git.run(repository.place, ['commit-tree', '-p', tip, '-F', '-', tree], {
    input: `Roll back: ${titleOf(input)}\n\nThis undoes what came with ${applied}.\n\n${ROLL_BACK_TRAILER}: ${runId}\n`,
    env: identity.value,
  });
  if (!made.ok) return made;
  return moveFound(git, found, {
    target,
    commit: made.value.text(),
    identity: identity.value,
    reflog: `homer: roll back run #${String(input.number)}`,
  });
}
