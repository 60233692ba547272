import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import type { Identity } from './identity.ts';
import { moveTarget } from './move-target.ts';
import { openRepository } from './repository.ts';
import type { Repository } from './repository.ts';
import { findMark } from './run-mark.ts';
import type { RunMark } from './run-mark.ts';
import { settleIn } from './settle-moves.ts';
import { resolveTarget, whyBlocked } from './target-state.ts';

/** The run whose work comes to a target, or goes from it. */
export interface RunOnTarget {
  readonly projectPath: string;
  readonly runId: string;
  readonly number: number;
  readonly title: string;
  /** Where the run started; its marks are looked for after this commit. */
  readonly base: string;
  readonly target: string;
}

/** The commit the target stands at now. */
export interface OnTarget {
  readonly commit: string;
  readonly target: string;
}

/** The target as it was found. */
export interface TargetFound {
  readonly repository: Repository;
  /** The commit it stands at. */
  readonly tip: string;
  /** What it says of the run. */
  readonly mark: RunMark | null;
}

const ATTEMPTS = 3;

/**
 * Does `change` on the target as it is found, once all that was left half done in the project is settled; again from the start, a few
 * times, when somebody else moved the target meanwhile.
 */
export async function changeTarget(
  git: Git,
  input: RunOnTarget,
  change: (found: TargetFound) => Promise<Result<OnTarget>>,
): Promise<Result<OnTarget>> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await findTarget(git, input);
    const tried = found.ok ? await change(found.value) : found;
    if (tried.ok || tried.error.tag !== 'target_moved' || attempt === ATTEMPTS) return tried;
  }
}

async function findTarget(git: Git, input: RunOnTarget): Promise<Result<TargetFound>> {
  const { target, runId, base } = input;
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const settled = await settleIn(git, repository);
  if (!settled.ok) return settled;
  const tip = await resolveTarget(git, repository, target);
  if (!tip.ok) return tip;
  const mark = await findMark(git, repository, { runId, base, tip: tip.value });
  return mark.ok ? ok({ repository, tip: tip.value, mark: mark.value }) : mark;
}

/** Refuses what hinders the target from taking `tree` now. */
export async function guardTarget(
  git: Git,
  { repository, tip }: TargetFound,
  target: string,
  tree: string,
): Promise<Result<null>> {
  const hindrance = await whyBlocked(git, repository, { target, targetCommit: tip, tree });
  if (!hindrance.ok) return hindrance;
  return hindrance.value ? { ok: false, error: hindrance.value } : ok(null);
}

/** Moves the target from where it was found to `commit`. */
export async function moveFound(
  git: Git,
  { repository, tip }: TargetFound,
  to: { target: string; commit: string; identity: Identity; reflog: string },
): Promise<Result<OnTarget>> {
  const { target, commit, identity, reflog } = to;
  const moved = await moveTarget(git, repository, { target, from: tip, to: commit, identity, reflog });
  return moved.ok ? ok({ commit, target }) : moved;
}
