import type { ApplyStrategy } from '../domain/run/apply-strategy.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { ownerIdentity } from './identity.ts';
import type { Identity } from './identity.ts';
import { previewMerge } from './merge-preview.ts';
import { mergeTrees } from './merge-trees.ts';
import { moveTarget } from './move-target.ts';
import { replayCommits, treeOf } from './replay-commits.ts';
import type { Replayed } from './replay-commits.ts';
import { openRepository, resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';
import { RUN_TRAILER, findMark, titleOf } from './run-mark.ts';
import { withScratchWorktree } from './scratch-worktree.ts';
import { settleIn } from './settle-moves.ts';
import { listed, resolveTarget, whyBlocked } from './target-state.ts';

export interface ApplyInput {
  readonly projectPath: string;
  readonly runId: string;
  readonly number: number;
  readonly title: string;
  readonly base: string;
  readonly head: string;
  readonly target: string;
  readonly method: ApplyStrategy;
  /** Looks at the result, checked out in `folder`, before the branch moves; its refusal is the apply's. */
  readonly check?: (folder: string) => Promise<Result<null>>;
}

export interface Applied {
  readonly commit: string;
  readonly target: string;
}

const ATTEMPTS = 3;

/**
 * Brings a run's commits to the target branch. The result is made as objects first; only when all is well does the branch move, in
 * one step that fails if somebody else moved it. A run whose trailer is the last word of the target on it is not applied again, so a
 * crash between the move and its record does no harm. One that was rolled back is.
 */
export async function applyRun(git: Git, input: ApplyInput): Promise<Result<Applied>> {
  for (let attempt = 1; ; attempt += 1) {
    const tried = await tryOnce(git, input);
    if (tried.ok || tried.error.tag !== 'target_moved' || attempt === ATTEMPTS) return tried;
  }
}

async function tryOnce(git: Git, input: ApplyInput): Promise<Result<Applied>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const settled = await settleIn(git, repository);
  if (!settled.ok) return settled;
  const { target, runId, base } = input;
  const head = await resolveCommit(git, repository.place, input.head);
  if (!head.ok) return head;
  const tip = await resolveTarget(git, repository, target);
  if (!tip.ok) return tip;
  const mark = await findMark(git, repository, { runId, base, tip: tip.value });
  if (!mark.ok) return mark;
  if (mark.value?.kind === 'applied') return ok({ commit: mark.value.commit, target });
  if (head.value === base) {
    return fail('nothing_to_apply', 'The run changed no file, so there is nothing to apply.', {
      hint: 'Close the run instead.',
    });
  }

  const identity = await ownerIdentity(git, repository.place);
  if (!identity.ok) return identity;
  const made = await makeResult(git, repository, {
    ...input,
    head: head.value,
    tip: tip.value,
    rolledBackBy: mark.value?.commit ?? null,
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
  const same = await treeOf(git, repository, tip.value);
  if (!same.ok) return same;
  // The owner has brought the very same changes in by hand.
  if (same.value === tree) return ok({ commit: tip.value, target });
  const hindrance = await whyBlocked(git, repository, { target, targetCommit: tip.value, tree });
  if (!hindrance.ok) return hindrance;
  if (hindrance.value) return { ok: false, error: hindrance.value };
  const { check } = input;
  if (check) {
    const checked = await withScratchWorktree(git, { projectPath: input.projectPath, commit }, ({ path }) =>
      check(path),
    );
    if (!checked.ok) return checked;
  }
  const moved = await moveTarget(git, repository, {
    target,
    from: tip.value,
    to: commit,
    identity: identity.value,
    reflog: `homer: apply run #${String(input.number)}`,
  });
  return moved.ok ? ok({ commit, target }) : moved;
}

/**
 * The commit the target shall move to. Work whose merge was rolled back is in the target's history already, so that git would find
 * nothing to merge: it comes back by undoing the roll-back.
 */
async function makeResult(
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
    { input: `${titleOf(input)}\n\n${RUN_TRAILER}: ${input.runId}\n`, env: identity },
  );
  return made.ok ? ok({ commit: made.value.text(), tree, conflicts }) : made;
}
