import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { addWorktree } from './add-worktree.ts';
import { copyIndex } from './copy-index.ts';
import type { Git } from './git.ts';
import { noteOwnIndex } from './own-index.ts';
import { untilStepsEnd } from './left-steps.ts';
import { readPlain, readPlainNow, writePlain } from './plain-file.ts';
import { hasRef, openRepository } from './repository.ts';
import type { Repository } from './repository.ts';
import { chooseStart } from './choose-start.ts';
import { deleteRef } from './delete-ref.ts';
import { dropWorktree } from './drop-worktree.ts';
import { excludeWorkspace } from './exclude-workspace.ts';
import { dropOwnLocks } from './own-locks.ts';
import { dropStaleLock, lockOfRef } from './ref-locks.ts';
import { settleIn } from './settle-moves.ts';
import { unlessMissing } from './unless-missing.ts';
import { runPlace } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

export interface Worktree {
  readonly path: string;
  readonly branch: string;
  readonly baseCommit: string;
}

/**
 * The worktree of a run, `<project>/.workspace/tasks/<run id>`, on a branch of its own. Asking again for the same run gives the
 * same worktree: its record is written last, so one without a record was never handed out, holds nobody's work, and is made anew.
 * It is locked, so that git never prunes it; worktrees of the owner are left alone.
 */
export async function createWorktree(
  git: Git,
  input: { projectPath: string; runId: string; number: number; base: string; name?: string },
): Promise<Result<Worktree>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const placed = await runPlace(repository, input.runId);
  if (!placed.ok) return placed;
  const run = placed.value;

  const settled = await settleIn(git, repository);
  if (!settled.ok) return settled;
  const existing = await readRecord(run);
  if (existing && unlessMissing(() => statSync(join(run.path, '.git'))) !== undefined) return ok(existing);
  let start = await chooseStart(git, repository, { ...input, base: existing?.baseCommit ?? input.base });
  if (!start.ok) return start;
  const { base } = start.value;
  const cleared = await clearRemains(git, repository, run, existing ? null : base);
  if (!cleared.ok) return cleared;
  // What was cleared may have had the name.
  if (cleared.value) start = await chooseStart(git, repository, { ...input, base });
  if (!start.ok) return start;

  mkdirSync(dirname(run.path), { recursive: true });
  const checked = await runPlace(repository, input.runId);
  if (!checked.ok) return checked;
  await excludeWorkspace(repository);
  // A folder that went missing under a finished record is filled again from its branch, with the checkpoints there.
  const kept = existing ? await hasRef(git, repository.place, `refs/heads/${existing.branch}`) : ok(false);
  if (!kept.ok) return kept;
  const branch = existing && kept.value ? existing.branch : start.value.branch;
  await dropOwnLocks(git, repository, run, branch);
  const reason = `Homer run #${String(input.number)}`;
  const filled = await addWorktree(git, repository, run, {
    branch,
    commit: base,
    exists: kept.value,
    reason,
  });
  if (!filled.ok) return filled;
  await copyIndex(join(run.gitDir, 'index'), run.ownIndex);
  // Of a branch that stood already only its tip is there, which is not the base.
  if (!kept.value) await noteOwnIndex(git, run, base);
  const worktree: Worktree = { path: run.path, branch, baseCommit: base };
  writePlain(run.record, JSON.stringify(worktree));
  return ok(worktree);
}

export async function readRecord(run: RunPlace): Promise<Worktree | null> {
  const bytes = await readPlain(run.record);
  const { branch, baseCommit } = parseRecord(bytes?.toString() ?? '');
  // The record lies where an agent can write: a branch of the owner's must never be taken for the run's.
  if (typeof branch !== 'string' || !/^homer\/run-\d+-[a-z0-9-]+$/u.test(branch)) return null;
  if (typeof baseCommit !== 'string' || !/^[0-9a-f]{40,64}$/u.test(baseCommit)) return null;
  return { path: run.path, branch, baseCommit };
}

function parseRecord(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as Record<string, unknown>) };
  } catch {
    return {};
  }
}

/**
 * Removes what a crash left of a creation that never finished, its branch too when that still stands at `freshAt`. Keeps anything
 * that might be work. True when there was something.
 */
async function clearRemains(
  git: Git,
  repository: Repository,
  run: RunPlace,
  freshAt: string | null,
): Promise<Result<boolean>> {
  const remains = unlessMissing(() => readdirSync(run.path));
  const registered = unlessMissing(() => readdirSync(run.gitDir));
  if (remains !== undefined && remains.length > 0 && (registered === undefined || freshAt === null)) {
    return fail('worktree_leftover', `${run.path} holds files that git does not know as a worktree.`, {
      hint: 'Look at the files there, then move or remove the folder.',
    });
  }
  if (registered === undefined) return ok(false);
  await untilStepsEnd(git);
  const head = readPlainNow(join(run.gitDir, 'HEAD'))?.toString();
  await dropWorktree(run);
  const branch = /^ref: (refs\/heads\/homer\/run-\d+-[^\s]+)\n?$/u.exec(head ?? '')?.[1];
  if (branch === undefined || freshAt === null) return ok(true);
  await dropStaleLock(git, repository, lockOfRef(repository, branch));
  const deleted = await deleteRef(git, repository, branch, freshAt);
  return deleted.ok ? ok(true) : deleted;
}
