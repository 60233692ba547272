import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { deleteRef } from './delete-ref.ts';
import { copyIndex, readTreeFresh } from './copy-index.ts';
import { readRecord } from './create-worktree.ts';
import { dropWorktree } from './drop-worktree.ts';
import type { Git, GitPlace } from './git.ts';
import { gitSteps } from './git-steps.ts';
import { HOMER } from './identity.ts';
import { openRepository } from './repository.ts';
import { dropStaleLock, lockOfRef } from './ref-locks.ts';
import type { Repository } from './repository.ts';
import { settleIn } from './settle-moves.ts';
import { writeArchive } from './write-archive.ts';
import { isElsewhere } from './worktree-kind.ts';
import { ignoreMissing, runPlace } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

export interface Removed {
  /** Files with what would have been lost; empty when nothing would. */
  readonly evidence: readonly string[];
}

/**
 * Removes a run's worktree, and its branch when asked. With uncommitted work inside it refuses, unless `archive` names a folder:
 * then the work goes to an archive there first, which is checked before anything is removed.
 */
export async function removeWorktree(
  git: Git,
  input: { projectPath: string; runId: string; deleteBranch: boolean; archive?: string },
): Promise<Result<Removed>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const placed = await runPlace(repository, input.runId);
  if (!placed.ok) return placed;
  const run = placed.value;
  const settled = await settleIn(git, repository);
  if (!settled.ok) return settled;
  if (isElsewhere(run)) {
    return fail('foreign_worktree', `Git has the worktree of ${input.runId} in another folder.`, {
      hint: 'It was moved, or its registration was changed: look at it, and remove it with git.',
    });
  }
  const record = await readRecord(run);
  const branch = record?.branch ?? null;
  const folder = await stat(run.path).catch(ignoreMissing);
  let evidence: readonly string[] = [];
  if (folder && record && branch !== null) {
    const kept = await keepEvidence(git, repository, run, { ...input, branch, base: record.baseCommit });
    if (!kept.ok) return kept;
    evidence = kept.value;
  } else if (folder && input.archive === undefined) {
    return fail('uncommitted_work', `${run.path} may hold work, and git does not know it as a worktree.`, {
      hint: 'Look at the files there, then move or remove the folder.',
    });
  } else if (folder) {
    return fail('worktree_leftover', `${run.path} holds files that git does not know as a worktree.`, {
      hint: 'Look at the files there, then move or remove the folder.',
    });
  }
  await dropWorktree(run);
  if (input.deleteBranch && branch?.startsWith('homer/run-')) {
    await dropStaleLock(git, repository, lockOfRef(repository, `refs/heads/${branch}`));
    const deleted = await deleteRef(git, repository, `refs/heads/${branch}`);
    if (!deleted.ok) return deleted;
  }
  return ok({ evidence });
}

/** True when the worktree holds anything that its branch does not. Ignored files do not count. */
export async function hasUncommittedWork(git: Git, run: RunPlace, branch: string): Promise<Result<boolean>> {
  return withOwnView(run, async (place) => {
    const told = await gitSteps(git, [
      { lines: [{ place, args: ['read-tree', '--reset', branch] }] },
      {
        lines: [
          { place, args: ['diff', '-z', '--name-only', '--no-renames', '--ignore-submodules=all'] },
          { place, args: UNTRACKED },
        ],
      },
    ]);
    return told.ok ? ok(told.value.some(({ bytes }) => bytes.length > 0)) : told;
  });
}

/** Lends a copy of Homer's own index of the worktree. */
async function withOwnView<T>(
  run: RunPlace,
  use: (place: GitPlace) => Promise<Result<T>>,
): Promise<Result<T>> {
  // Of its own name: the custodian may look while the worktree is removed.
  const index = `${run.ownIndex}.view-${randomUUID()}`;
  const place: GitPlace = { ...run.place, index };
  await copyIndex(run.ownIndex, index);
  try {
    return await use(place);
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}

const UNTRACKED = ['ls-files', '-z', '--others', '--exclude-standard'];

async function uncommitted(git: Git, place: GitPlace): Promise<Result<string[]>> {
  const changed = await git.run(place, ['diff-files', '-z', '--name-only', '--ignore-submodules=all']);
  if (!changed.ok) return changed;
  const untracked = await git.run(place, UNTRACKED);
  if (!untracked.ok) return untracked;
  return ok([...new Set([...changed.value.fields(), ...untracked.value.fields()])]);
}

async function keepEvidence(
  git: Git,
  repository: Repository,
  run: RunPlace,
  input: { runId: string; branch: string; base: string; archive?: string },
): Promise<Result<string[]>> {
  const ref = `refs/heads/${input.branch}`;
  return withOwnView(run, async (place) => {
    const read = await readTreeFresh(git, place, ref);
    if (!read.ok) return read;
    const paths = await uncommitted(git, place);
    if (!paths.ok) return paths;
    if (paths.value.length === 0) return ok([]);
    if (input.archive === undefined) {
      return fail('uncommitted_work', 'The worktree holds work that is in no commit.', {
        hint: 'Keep it as evidence when you remove the worktree, or commit it first.',
        details: { files: paths.value.slice(0, 200) },
      });
    }
    const nested = paths.value.filter((path) => path.endsWith('/') || /(^|\/)\.git(\/|$)/iu.test(path));
    if (nested.length > 0) {
      return fail('uncommitted_work', `The worktree holds a repository of its own in ${nested[0] ?? ''}.`, {
        hint: 'It cannot be kept in an archive: look at it, then move or remove it.',
        details: { files: nested.slice(0, 200) },
      });
    }
    const updated = await git.run(place, ['update-index', '--add', '--remove', '-z', '--stdin'], {
      input: paths.value.map((path) => `${path}\0`).join(''),
    });
    if (!updated.ok) return updated;
    const tree = await git.run(place, ['write-tree']);
    if (!tree.ok) return tree;
    const snapshot = await git.run(place, ['commit-tree', '-p', ref, '-F', '-', tree.value.text()], {
      input: `Uncommitted work of run ${input.runId}\n`,
      env: HOMER,
    });
    if (!snapshot.ok) return snapshot;
    return writeArchive(git, repository, {
      ...input,
      archive: input.archive,
      branch: input.branch,
      ref,
      snapshot: snapshot.value.text(),
      paths: paths.value,
    });
  });
}
