import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Failure, Result } from '../shared/result.ts';
import { parseRaw } from './changed-paths.ts';
import type { Git } from './git.ts';
import { currentBranch, hasRef, operationInProgress, resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';
import { changedHere } from './uncommitted-paths.ts';
import { ignoreMissing } from './workspace-paths.ts';

/** The commit the target branch stands at. `target_gone` when there is no such branch. */
export async function resolveTarget(
  git: Git,
  repository: Repository,
  target: string,
): Promise<Result<string>> {
  const there = await hasRef(git, repository.place, `refs/heads/${target}`);
  if (!there.ok) return there;
  if (there.value) return resolveCommit(git, repository.place, `refs/heads/${target}`);
  return fail('target_gone', `The branch ${target} is gone.`, {
    hint: 'Make it again, or choose another branch in the settings of the project.',
  });
}

/**
 * Why the target cannot take `tree` now, or null. `tree` is null where a conflict is known already and only the state of the target
 * matters. Changes of the owner to files the tree leaves alone are no hindrance.
 */
export async function whyBlocked(
  git: Git,
  repository: Repository,
  input: { target: string; targetCommit: string; tree: string | null },
): Promise<Result<Failure | null>> {
  const { target } = input;
  const busy = await operationInProgress(repository);
  if (busy) {
    return blocked(
      'target_busy',
      `There is ${busy} in progress in the project folder.`,
      'Finish or abort it, then try again.',
    );
  }
  const branch = await currentBranch(git, repository.place);
  if (!branch.ok) return branch;
  const elsewhere = await checkedOutElsewhere(git, repository, target);
  if (!elsewhere.ok) return elsewhere;
  if (elsewhere.value !== null) {
    const hint = 'Switch that worktree to another branch, then try again.';
    return blocked(
      'target_checked_out',
      `${target} is checked out in another worktree, ${elsewhere.value}.`,
      hint,
    );
  }
  if (input.tree === null) return ok(null);
  const changes = await git.run(repository.place, [
    'diff-tree',
    '-r',
    '--raw',
    '-z',
    '--no-renames',
    '--ignore-submodules=none',
    input.targetCommit,
    input.tree,
  ]);
  if (!changes.ok) return changes;
  const records = parseRaw(changes.value.fields());
  const filtered = await filteredPaths(
    git,
    repository,
    records.map(({ path }) => path),
  );
  if (!filtered.ok) return filtered;
  if (filtered.value.length > 0) {
    return blocked(
      'filtered_files',
      `These files pass through a content filter such as Git LFS, which Homer does not run: ${listed(filtered.value)}.`,
      'Merge the branch of the run in a terminal instead.',
      filtered.value,
    );
  }
  if (branch.value !== target) return ok(null);
  const dirty = await dirtyAmong(git, repository, records);
  if (!dirty.ok) return dirty;
  if (dirty.value.length === 0) return ok(null);
  return blocked(
    'dirty_target',
    `Your own uncommitted changes are in the way: ${listed(dirty.value)}.`,
    'Commit, stash or move those files, then try again.',
    dirty.value,
  );
}

function blocked(tag: string, message: string, hint: string, files?: readonly string[]): Result<Failure> {
  return ok(fail(tag, message, { hint, ...(files ? { details: { files } } : {}) }).error);
}

export function listed(files: readonly string[]): string {
  const more = files.length > 5 ? ` and ${String(files.length - 5)} more` : '';
  return files.slice(0, 5).join(', ') + more;
}

async function checkedOutElsewhere(
  git: Git,
  repository: Repository,
  target: string,
): Promise<Result<string | null>> {
  const list = await git.run(repository.place, ['worktree', 'list', '--porcelain', '-z']);
  if (!list.ok) return list;
  for (const block of list.value.bytes.length === 0 ? [] : list.value.text().split('\0\0')) {
    const lines = block.split('\0');
    const path = lines.find((line) => line.startsWith('worktree '))?.slice('worktree '.length);
    // A worktree whose folder is gone holds nothing that could be left behind.
    if (lines.some((line) => line.startsWith('prunable'))) continue;
    if (path !== undefined && path !== repository.top && lines.includes(`branch refs/heads/${target}`))
      return ok(path);
  }
  return ok(null);
}

async function filteredPaths(
  git: Git,
  repository: Repository,
  paths: readonly string[],
): Promise<Result<string[]>> {
  if (paths.length === 0) return ok([]);
  const asked = await git.run(repository.place, ['check-attr', '-z', '--stdin', 'filter'], {
    input: paths.map((path) => `${path}\0`).join(''),
  });
  if (!asked.ok) return asked;
  const settings = await git.run(repository.place, ['config', '--list', '--name-only', '-z']);
  if (!settings.ok) return settings;
  const drivers = new Set(
    settings.value.fields().map((name) => /^filter\.([^]+)\.(?:clean|smudge|process)$/u.exec(name)?.[1]),
  );
  const fields = asked.value.fields();
  const found: string[] = [];
  for (let index = 0; index + 2 < fields.length; index += 3) {
    const driver = fields[index + 2] ?? '';
    // A filter nobody configured does nothing for the owner either; LFS is named even then, since its files would be wrong.
    if (drivers.has(driver) || driver === 'lfs') found.push(fields[index] ?? '');
  }
  return ok(found);
}

/** Files of the owner that the change would overwrite: changed, staged, untracked or ignored. */
async function dirtyAmong(
  git: Git,
  repository: Repository,
  records: readonly { path: string; status: string }[],
): Promise<Result<string[]>> {
  const changed = await changedHere(git, repository);
  if (!changed.ok) return changed;
  const own = new Set(changed.value);
  const dirty = new Set<string>();
  const incoming = new Set<string>();
  for (const { path, status: change } of records) {
    if (own.has(path)) dirty.add(path);
    if (change === 'D') continue;
    incoming.add(path);
    if (change === 'A' && (await lstat(join(repository.top, path)).catch(ignoreMissing))) {
      const replaced = records.some((other) => other.status === 'D' && other.path.startsWith(`${path}/`));
      if (!replaced) dirty.add(path);
    }
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (own.has(path.slice(0, end))) dirty.add(path.slice(0, end));
    }
  }
  for (const path of own) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (incoming.has(path.slice(0, end))) dirty.add(path);
    }
  }
  return ok([...dirty].sort());
}
