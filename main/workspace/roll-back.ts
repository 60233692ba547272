import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { ownerIdentity } from './identity.ts';
import { mergeTrees } from './merge-trees.ts';
import { moveTarget } from './move-target.ts';
import { treeOf } from './replay-commits.ts';
import { openRepository } from './repository.ts';
import { ROLL_BACK_TRAILER, findMark, titleOf } from './run-mark.ts';
import { settleIn } from './settle-moves.ts';
import { listed, resolveTarget, whyBlocked } from './target-state.ts';

export interface RollBackInput {
  readonly projectPath: string;
  readonly runId: string;
  readonly number: number;
  readonly title: string;
  /** Where the run started; its apply is looked for after this commit. */
  readonly base: string;
  readonly target: string;
}

export interface RolledBack {
  readonly commit: string;
  readonly target: string;
}

const ATTEMPTS = 3;

/**
 * Takes an applied run out of the target again, by one commit that undoes what its merge, its squashed commit or its rebased commits
 * changed, made against the target as it is now. Later work stays. Where that builds on the run, nothing changes and the files are
 * named. Asked again, it gives the commit made before.
 */
export async function rollBackRun(git: Git, input: RollBackInput): Promise<Result<RolledBack>> {
  for (let attempt = 1; ; attempt += 1) {
    const tried = await tryOnce(git, input);
    if (tried.ok || tried.error.tag !== 'target_moved' || attempt === ATTEMPTS) return tried;
  }
}

async function tryOnce(git: Git, input: RollBackInput): Promise<Result<RolledBack>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const settled = await settleIn(git, repository);
  if (!settled.ok) return settled;
  const { target, runId, base } = input;
  const tip = await resolveTarget(git, repository, target);
  if (!tip.ok) return tip;
  const mark = await findMark(git, repository, { runId, base, tip: tip.value });
  if (!mark.ok) return mark;
  if (mark.value === null) {
    return fail('not_on_target', `${target} holds no commit that applied this run.`, {
      hint: 'Its history may have been rewritten, or the changes were brought in by hand: undo them with git.',
    });
  }
  if (mark.value.kind === 'rolled_back') return ok({ commit: mark.value.commit, target });

  const { commit: applied, before } = mark.value;
  const merged = await mergeTrees(git, repository, { base: applied, ours: tip.value, theirs: before });
  if (!merged.ok) return merged;
  const { tree, conflicts } = merged.value;
  if (conflicts.length > 0) {
    return fail('roll_back_conflict', `Later work on ${target} builds on it in ${listed(conflicts)}.`, {
      hint: 'Undo it by hand, or let a new run do it: nothing was changed.',
      details: { files: conflicts },
    });
  }
  const same = await treeOf(git, repository, tip.value);
  if (!same.ok) return same;
  if (same.value === tree) {
    return fail('nothing_to_roll_back', `${target} holds none of its changes any more.`, {
      hint: 'They were undone already; there is nothing to do.',
    });
  }
  const hindrance = await whyBlocked(git, repository, { target, targetCommit: tip.value, tree });
  if (!hindrance.ok) return hindrance;
  if (hindrance.value) return { ok: false, error: hindrance.value };
  const identity = await ownerIdentity(git, repository.place);
  if (!identity.ok) return identity;
  const made = await git.run(repository.place, ['commit-tree', '-p', tip.value, '-F', '-', tree], {
    input: `Roll back: ${titleOf(input)}\n\nThis undoes what came with ${applied}.\n\n${ROLL_BACK_TRAILER}: ${runId}\n`,
    env: identity.value,
  });
  if (!made.ok) return made;
  const commit = made.value.text();
  const moved = await moveTarget(git, repository, {
    target,
    from: tip.value,
    to: commit,
    identity: identity.value,
    reflog: `homer: roll back run #${String(input.number)}`,
  });
  return moved.ok ? ok({ commit, target }) : moved;
}
