import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { copyIndex, readTreeFresh } from './copy-index.ts';
import { readRecord } from './create-worktree.ts';
import { dropWorktree } from './drop-worktree.ts';
import type { Git, GitPlace } from './git.ts';
import { HOMER } from './identity.ts';
import { openRepository } from './repository.ts';
import type { Repository } from './repository.ts';
import { ignoreMissing, runPlace } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

export interface Removed {
  /** Files with what would have been lost; empty when nothing would. */
  readonly evidence: readonly string[];
}

/**
 * Removes a run's worktree, and its branch when asked. With uncommitted work inside it refuses, unless `archive` names a folder:
 * then the work is first written there as `<run id>.patch`, and with the commits of the branch as `<run id>.bundle`.
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
    const deleted = await git.run(repository.place, ['update-ref', '-d', `refs/heads/${branch}`]);
    if (!deleted.ok) return deleted;
  }
  return ok({ evidence });
}

/** True when the worktree holds anything that its branch does not. Ignored files do not count. */
export async function hasUncommittedWork(git: Git, run: RunPlace, branch: string): Promise<Result<boolean>> {
  return withOwnView(git, run, branch, async (place) => {
    const paths = await uncommitted(git, place);
    return paths.ok ? ok(paths.value.length > 0) : paths;
  });
}

async function withOwnView<T>(
  git: Git,
  run: RunPlace,
  commit: string,
  use: (place: GitPlace) => Promise<Result<T>>,
): Promise<Result<T>> {
  const index = `${run.ownIndex}.view`;
  const place: GitPlace = { ...run.place, index };
  await copyIndex(run.ownIndex, index);
  try {
    const read = await readTreeFresh(git, place, commit);
    return read.ok ? await use(place) : read;
  } finally {
    await rm(index, { force: true });
  }
}

async function uncommitted(git: Git, place: GitPlace): Promise<Result<string[]>> {
  const changed = await git.run(place, ['diff-files', '-z', '--name-only', '--ignore-submodules=all']);
  if (!changed.ok) return changed;
  const untracked = await git.run(place, ['ls-files', '-z', '--others', '--exclude-standard']);
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
  return withOwnView(git, run, ref, async (place) => {
    const paths = await uncommitted(git, place);
    if (!paths.ok) return paths;
    if (paths.value.length === 0) return ok([]);
    if (input.archive === undefined) {
      return fail('uncommitted_work', 'The worktree holds work that is in no commit.', {
        hint: 'Keep it as evidence when you remove the worktree, or commit it first.',
        details: { files: paths.value.slice(0, 200) },
      });
    }
    // A nested repository cannot be kept by git's own means; its name is kept in the list.
    const plain = paths.value.filter((path) => !path.endsWith('/') && !/(^|\/)\.git(\/|$)/iu.test(path));
    const updated = await git.run(place, ['update-index', '--add', '--remove', '-z', '--stdin'], {
      input: plain.map((path) => `${path}\0`).join(''),
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
      ref,
      snapshot: snapshot.value.text(),
      paths: paths.value,
    });
  });
}

async function writeArchive(
  git: Git,
  repository: Repository,
  input: {
    runId: string;
    archive: string;
    ref: string;
    base: string;
    snapshot: string;
    paths: readonly string[];
  },
): Promise<Result<string[]>> {
  await mkdir(input.archive, { recursive: true });
  const name = (extension: string): string => join(input.archive, `${input.runId}.${extension}`);
  const patch = await git.run(
    repository.place,
    ['diff', '--binary', '--full-index', input.ref, input.snapshot],
    {
      maxBytes: 1024 * 1024 * 1024,
    },
  );
  if (!patch.ok) return patch;
  await writeFile(name('patch'), patch.value.bytes);
  await writeFile(name('files'), input.paths.map((path) => `${path}\n`).join(''));
  const temporary = `refs/homer/evidence/${input.runId}`;
  const marked = await git.run(repository.place, ['update-ref', temporary, input.snapshot]);
  if (!marked.ok) return marked;
  const partial = join(repository.commonDir, `homer-${input.runId}.bundle`);
  const bundled = await git.run(repository.place, [
    'bundle',
    'create',
    '--quiet',
    partial,
    temporary,
    `^${input.base}`,
  ]);
  if (bundled.ok) await copyFile(partial, name('bundle'));
  await rm(partial, { force: true });
  const unmarked = await git.run(repository.place, ['update-ref', '-d', temporary]);
  if (!bundled.ok) return bundled;
  if (!unmarked.ok) return unmarked;
  return ok([name('patch'), name('files'), name('bundle')]);
}
