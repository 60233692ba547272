import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { copyIndex } from './copy-index.ts';
import type { Git } from './git.ts';
import { hasRef, openRepository, resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';
import { dropWorktree } from './drop-worktree.ts';
import { excludeWorkspace } from './exclude-workspace.ts';
import { ignoreMissing, runPlace } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

export interface Worktree {
  readonly path: string;
  readonly branch: string;
  readonly baseCommit: string;
}

/**
 * The worktree of a run, `<project>/.workspace/tasks/<run id>`, on a branch of its own. Asking again for the same run gives the
 * same worktree: its record is written last, so one without a record was never handed out, holds nobody's work, and is made anew.
 * It is locked, so that git never prunes it; worktrees of the owner are left alone. Files are checked out by a second command in
 * the new place, because settings included for that place or branch only can be seen, and overridden, only there.
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

  const existing = await readRecord(run);
  if (existing && (await readFile(join(run.path, '.git'), 'utf8').catch(ignoreMissing)) !== undefined)
    return ok(existing);
  const base = existing ? ok(existing.baseCommit) : await resolveCommit(git, repository.place, input.base);
  if (!base.ok) return base;
  const cleared = await clearRemains(git, repository, run, existing ? null : base.value);
  if (!cleared.ok) return cleared;

  await mkdir(dirname(run.path), { recursive: true });
  const checked = await runPlace(repository, input.runId);
  if (!checked.ok) return checked;
  await excludeWorkspace(repository);
  // A folder that went missing under a finished record is filled again from its branch, with the checkpoints there.
  const kept = existing ? await hasRef(git, repository.place, `refs/heads/${existing.branch}`) : ok(false);
  if (!kept.ok) return kept;
  const branch = existing && kept.value ? ok(existing.branch) : await freeBranch(git, repository, input);
  if (!branch.ok) return branch;
  const reason = `Homer run #${String(input.number)}`;
  const added = await git.run(repository.place, [
    'worktree',
    'add',
    '--no-checkout',
    '--lock',
    '--reason',
    reason,
    ...(kept.value ? ['--', run.path, branch.value] : ['-b', branch.value, '--', run.path, base.value]),
  ]);
  if (!added.ok) return added;
  const filled = await git.run(run.place, ['read-tree', '--reset', '-u', 'HEAD']);
  if (!filled.ok) return filled;
  await copyIndex(join(run.gitDir, 'index'), run.ownIndex);
  const worktree: Worktree = { path: run.path, branch: branch.value, baseCommit: base.value };
  await writeFile(`${run.record}.new`, JSON.stringify(worktree));
  await rename(`${run.record}.new`, run.record);
  return ok(worktree);
}

export async function readRecord(run: RunPlace): Promise<Worktree | null> {
  const text = await readFile(run.record, 'utf8').catch(ignoreMissing);
  if (text === undefined) return null;
  const { branch, baseCommit } = JSON.parse(text) as Record<string, unknown>;
  if (typeof branch !== 'string' || typeof baseCommit !== 'string') return null;
  return { path: run.path, branch, baseCommit };
}

/**
 * Removes what a crash left of a creation that never finished, its branch too when that still stands at `freshAt`. Keeps anything
 * that might be work.
 */
async function clearRemains(
  git: Git,
  repository: Repository,
  run: RunPlace,
  freshAt: string | null,
): Promise<Result<null>> {
  const remains = await readdir(run.path).catch(ignoreMissing);
  const registered = await readdir(run.gitDir).catch(ignoreMissing);
  if (remains !== undefined && remains.length > 0 && (registered === undefined || freshAt === null)) {
    return fail('worktree_leftover', `${run.path} holds files that git does not know as a worktree.`, {
      hint: 'Look at the files there, then move or remove the folder.',
    });
  }
  if (registered === undefined) return ok(null);
  const head = await readFile(join(run.gitDir, 'HEAD'), 'utf8').catch(ignoreMissing);
  await dropWorktree(run);
  const branch = /^ref: (refs\/heads\/homer\/run-\d+-[^\s]+)\n?$/u.exec(head ?? '')?.[1];
  if (branch === undefined || freshAt === null) return ok(null);
  const deleted = await git.run(repository.place, ['update-ref', '-d', branch, freshAt], {
    accept: [0, 1, 128],
  });
  return deleted.ok ? ok(null) : deleted;
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/gu, '');
}

async function freeBranch(
  git: Git,
  repository: Repository,
  input: { runId: string; number: number; name?: string },
): Promise<Result<string>> {
  const slug = slugOf(input.name ?? '') || input.runId.slice(-8);
  const plain = `homer/run-${String(input.number)}-${slug}`;
  for (let count = 1; count <= 50; count += 1) {
    const name = count === 1 ? plain : `${plain}-${String(count)}`;
    const taken = await hasRef(git, repository.place, `refs/heads/${name}`);
    if (!taken.ok) return taken;
    if (!taken.value) return ok(name);
  }
  return fail('branch_exists', `There are already 50 branches named like ${plain}.`, {
    hint: 'Delete the branches of old runs, then try again.',
  });
}
