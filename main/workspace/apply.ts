import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { ownerIdentity } from './identity.ts';
import type { Identity } from './identity.ts';
import { previewMerge } from './merge-preview.ts';
import { currentBranch, openRepository, resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';
import { listed, whyBlocked } from './target-state.ts';

export interface ApplyInput {
  readonly projectPath: string;
  readonly runId: string;
  readonly number: number;
  readonly title: string;
  readonly base: string;
  readonly head: string;
  readonly target: string;
  readonly method: 'merge' | 'squash';
}

export interface Applied {
  readonly commit: string;
  readonly target: string;
}

/**
 * Brings a run's commits to the target branch. The merge is made as an object first; only when all is well does the branch move, in
 * one step that fails if somebody else moved it. A run whose trailer is on the target already is not applied again, so a crash
 * between the merge and its record does no harm.
 */
export async function applyRun(git: Git, input: ApplyInput): Promise<Result<Applied>> {
  const first = await tryOnce(git, input);
  if (first.ok || first.error.tag !== 'target_moved') return first;
  return tryOnce(git, input);
}

async function tryOnce(git: Git, input: ApplyInput): Promise<Result<Applied>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const { place } = repository;
  const { target } = input;
  const head = await resolveCommit(git, place, input.head);
  if (!head.ok) return head;
  const tip = await resolveCommit(git, place, `refs/heads/${target}`);
  if (!tip.ok) return tip;
  const before = await findApplied(git, repository, input, tip.value);
  if (!before.ok) return before;
  if (before.value !== null) return ok({ commit: before.value, target });
  if (head.value === input.base) {
    return fail('nothing_to_apply', 'The run changed no file, so there is nothing to apply.', {
      hint: 'Close the run instead.',
    });
  }

  const preview = await previewMerge(git, repository, { ours: tip.value, theirs: head.value });
  if (!preview.ok) return preview;
  const { tree, conflicts } = preview.value;
  if (conflicts.length > 0) {
    return fail('merge_conflict', `The work conflicts with ${target} in ${listed(conflicts)}.`, {
      hint: 'Ask for changes, so that the run starts again from the branch as it is now, or merge by hand.',
      details: { files: conflicts },
    });
  }
  const same = await git.run(place, ['rev-parse', `${tip.value}^{tree}`]);
  if (!same.ok) return same;
  // The owner has brought the very same changes in by hand.
  if (same.value.text() === tree) return ok({ commit: tip.value, target });
  const hindrance = await whyBlocked(git, repository, { target, targetCommit: tip.value, tree });
  if (!hindrance.ok) return hindrance;
  if (hindrance.value) return { ok: false, error: hindrance.value };

  const identity = await ownerIdentity(git, place);
  if (!identity.ok) return identity;
  const parents = input.method === 'merge' ? [tip.value, head.value] : [tip.value];
  const made = await git.run(
    place,
    ['commit-tree', ...parents.flatMap((parent) => ['-p', parent]), '-F', '-', tree],
    { input: messageFor(input), env: identity.value },
  );
  if (!made.ok) return made;
  const commit = made.value.text();
  const moved = await moveTarget(git, repository, input, {
    from: tip.value,
    to: commit,
    identity: identity.value,
  });
  return moved.ok ? ok({ commit, target }) : moved;
}

function messageFor(input: ApplyInput): string {
  const title = input.title.replace(/\s+/gu, ' ').trim().slice(0, 200);
  return `${title} (run #${String(input.number)})\n\nHomer-Run: ${input.runId}\n`;
}

/** The commit of this run on the target's own line, where no agent writes; not among the commits it merged. */
async function findApplied(
  git: Git,
  repository: Repository,
  input: ApplyInput,
  tip: string,
): Promise<Result<string | null>> {
  const format = '--format=%H%x00%(trailers:key=Homer-Run,valueonly,separator=%x01)%x00';
  const found = await git.run(repository.place, [
    'log',
    '--first-parent',
    '-z',
    format,
    `${input.base}..${tip}`,
  ]);
  if (!found.ok) return found;
  const fields = found.value.bytes.length === 0 ? [] : found.value.text().split('\0');
  for (let index = 0; index + 1 < fields.length; index += 3) {
    if ((fields[index + 1] ?? '').split('\u0001').includes(input.runId)) return ok(fields[index] ?? null);
  }
  return ok(null);
}

async function moveTarget(
  git: Git,
  repository: Repository,
  input: ApplyInput,
  step: { from: string; to: string; identity: Identity },
): Promise<Result<null>> {
  const { target } = input;
  const branch = await currentBranch(git, repository.place);
  if (!branch.ok) return branch;
  const reflog = `homer: apply run #${String(input.number)}`;
  const moved =
    branch.value === target
      ? await git.run(repository.place, ['merge', '--ff-only', '--no-overwrite-ignore', '--quiet', step.to], {
          env: { ...step.identity, GIT_REFLOG_ACTION: reflog },
        })
      : await git.run(
          repository.place,
          ['update-ref', '-m', reflog, `refs/heads/${target}`, step.to, step.from],
          {
            env: step.identity,
          },
        );
  if (moved.ok) return ok(null);
  const text = JSON.stringify(moved.error.details ?? '');
  if (moved.error.tag === 'ref_moved' || /not possible to fast-forward/iu.test(text)) {
    return fail('target_moved', `${target} moved while the work was being applied.`, {
      hint: 'Apply it again.',
    });
  }
  if (/would be overwritten/u.test(text)) {
    return fail('dirty_target', 'Your own uncommitted changes are in the way.', {
      hint: 'Commit, stash or move those files, then apply.',
      details: moved.error.details,
    });
  }
  return moved;
}
