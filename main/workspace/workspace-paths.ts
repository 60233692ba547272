import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { GitPlace } from './git.ts';
import type { Repository } from './repository.ts';
import { unlessMissing } from './unless-missing.ts';

export const WORKSPACE_FOLDER = '.workspace';
export const TASKS_FOLDER = '.workspace/tasks';

/** Name of the folder of a run's worktree, or of that of one of its stages, by the stage's place in the list. */
export function folderOf(runId: string, position: number | null = null): string {
  return position === null ? runId : `${runId}-s${String(position)}`;
}

/** The run whose worktree, or whose stage's, a folder is. */
export function runIdOf(folder: string): string {
  return folder.replace(/-s\d+$/u, '');
}

/** Where the files that git keeps of a worktree stand while they are made or taken apart; on the same file system as their place. */
export function besideGit({ gitDir }: Pick<RunPlace, 'gitDir'>): string {
  return join(dirname(dirname(gitDir)), `homer-worktree-${basename(gitDir)}`);
}

/** The places of one run. `gitDir` is named by us and never read from the worktree's `.git` file, which the agent could swap. */
export interface RunPlace {
  readonly path: string;
  readonly gitDir: string;
  /** Homer's own index: the agent cannot hide a change by flags it sets in the worktree's. */
  readonly ownIndex: string;
  readonly record: string;
  readonly place: GitPlace;
}

/** Every path below is made from a checked id, and no folder on the way may be a symbolic link. */
export async function runPlace(repository: Repository, runId: string): Promise<Result<RunPlace>> {
  if (!/^[0-9a-z][0-9a-z-]{0,63}$/u.test(runId)) {
    return fail('invalid_input', 'A run is named by its id: lower-case letters, digits and dashes.', {
      hint: 'Take the id from the run list.',
    });
  }
  const root = join(repository.top, '.workspace', 'tasks');
  const path = join(root, runId);
  for (const folder of [join(repository.top, WORKSPACE_FOLDER), root, path]) {
    const found = unlessMissing(() => lstatSync(folder, { throwIfNoEntry: false }));
    if (found && !found.isDirectory()) return outside(folder);
  }
  const real = unlessMissing(() => realpathSync.native(root));
  if (real !== undefined && real !== root) return outside(root);
  const gitDir = join(repository.commonDir, 'worktrees', runId);
  const found = unlessMissing(() => lstatSync(gitDir, { throwIfNoEntry: false }));
  if (found && !found.isDirectory()) return outside(gitDir);
  return ok({
    path,
    gitDir,
    ownIndex: join(gitDir, 'homer-index'),
    record: join(gitDir, 'homer.json'),
    place: { folder: path, gitDir, commonDir: repository.commonDir, workTree: path },
  });
}

/** For file calls where a missing file is an answer: `undefined` for it, a throw for anything else. */
export function ignoreMissing(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}

function outside(path: string): Result<never> {
  return fail('outside_workspace', `${path} is not a plain folder, so work there could leave the project.`, {
    hint: 'Remove the link or file of that name, then try again.',
  });
}
