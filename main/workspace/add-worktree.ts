import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import type { Repository } from './repository.ts';
import { besideGit, ignoreMissing } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

/**
 * Registers a worktree and fills it. `git worktree add` starts three more processes to do so, one after the other; where the
 * repository is of the ordinary kind its few small files are written here, the branch is made and the files are checked out at the
 * same time. Otherwise git does it: for a branch that exists, for references kept in tables, for settings of its own that a new
 * worktree inherits. The files are in each case checked out by a command in the new place, because settings included for that
 * place or branch only can be seen, and overridden, only there.
 */
export async function addWorktree(
  git: Git,
  repository: Repository,
  run: RunPlace,
  what: { branch: string; commit: string; exists: boolean; reason: string },
): Promise<Result<null>> {
  const { branch, commit, exists, reason } = what;
  if (exists || !(await isOrdinary(repository))) {
    const added = await git.run(repository.place, [
      'worktree',
      'add',
      '--no-checkout',
      '--lock',
      '--reason',
      reason,
      ...(exists ? ['--', run.path, branch] : ['-b', branch, '--', run.path, commit]),
    ]);
    if (!added.ok) return added;
    const filled = await git.run(run.place, ['read-tree', '--reset', '-u', 'HEAD']);
    return filled.ok ? ok(null) : filled;
  }
  // Made aside and put in place whole: every git in this repository reads the files of every worktree, and an empty one stops it.
  const aside = besideGit(run);
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside);
  await Promise.all([
    // A `git worktree prune` must leave it alone from the first moment on.
    writeFile(join(aside, 'locked'), reason),
    writeFile(join(aside, 'commondir'), '../..\n'),
    writeFile(join(aside, 'gitdir'), `${join(run.path, '.git')}\n`),
    writeFile(join(aside, 'HEAD'), `ref: refs/heads/${branch}\n`),
  ]);
  await mkdir(dirname(run.gitDir), { recursive: true });
  await rename(aside, run.gitDir);
  await mkdir(run.path, { recursive: true });
  await writeFile(join(run.path, '.git'), `gitdir: ${run.gitDir}\n`);
  const [made, filled] = await Promise.all([
    git.run(repository.place, ['update-ref', '-m', `homer: ${reason}`, `refs/heads/${branch}`, commit, '']),
    git.run(run.place, ['read-tree', '--reset', '-u', commit]),
  ]);
  if (!made.ok) return made;
  return filled.ok ? ok(null) : filled;
}

async function isOrdinary({ commonDir }: Repository): Promise<boolean> {
  const [heads, tables, settings] = await Promise.all(
    ['refs/heads', 'reftable', 'config.worktree'].map((name) =>
      lstat(join(commonDir, ...name.split('/'))).catch(ignoreMissing),
    ),
  );
  return heads?.isDirectory() === true && tables === undefined && settings === undefined;
}
