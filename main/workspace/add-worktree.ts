import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { gitSteps } from './git-steps.ts';
import type { Repository } from './repository.ts';
import { unlessMissing } from './unless-missing.ts';
import { besideGit } from './workspace-paths.ts';
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
  if (exists || !isOrdinary(repository)) {
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
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside);
  // A `git worktree prune` must leave it alone from the first moment on.
  writeFileSync(join(aside, 'locked'), reason);
  writeFileSync(join(aside, 'commondir'), '../..\n');
  writeFileSync(join(aside, 'gitdir'), `${join(run.path, '.git')}\n`);
  writeFileSync(join(aside, 'HEAD'), `ref: refs/heads/${branch}\n`);
  mkdirSync(dirname(run.gitDir), { recursive: true });
  renameSync(aside, run.gitDir);
  mkdirSync(run.path, { recursive: true });
  writeFileSync(join(run.path, '.git'), `gitdir: ${run.gitDir}\n`);
  const ref = `refs/heads/${branch}`;
  const made = await gitSteps(git, [
    {
      lines: [
        { place: repository.place, args: ['update-ref', '-m', `homer: ${reason}`, ref, commit, ''] },
        { place: run.place, args: ['read-tree', '--reset', '-u', commit] },
      ],
    },
  ]);
  return made.ok ? ok(null) : made;
}

function isOrdinary({ commonDir }: Repository): boolean {
  const [heads, tables, settings] = ['refs/heads', 'reftable', 'config.worktree'].map((name) =>
    unlessMissing(() => lstatSync(join(commonDir, ...name.split('/')))),
  );
  return heads?.isDirectory() === true && tables === undefined && settings === undefined;
}
