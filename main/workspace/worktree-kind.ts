import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecord } from './create-worktree.ts';
import type { Repository } from './repository.ts';
import { SCRATCH_REASON } from './scratch-worktree.ts';
import { ignoreMissing } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

/**
 * What a folder among the worktrees is: `run`, a run's own; `unfinished`, one whose creation a crash cut off, where no agent ever
 * worked; `scratch`, a try of a merge or a test; `foreign`, anything that Homer did not make, and therefore never removes.
 */
export type WorktreeKind = 'run' | 'unfinished' | 'scratch' | 'foreign';

/**
 * By what git keeps of it, in a place no link leads away from: it must be locked in Homer's words and point back at this very folder.
 * The `.git` file in the worktree is not asked, because an agent can write there.
 */
export async function kindOf(repository: Repository, run: RunPlace, name: string): Promise<WorktreeKind> {
  const reason = await plainFile(join(run.gitDir, 'locked'));
  const common = await plainFile(join(run.gitDir, 'commondir'));
  if (reason === null || !/^Homer (?:run #\d+|scratch\b)/u.test(reason)) return 'foreign';
  // Written last but for the files: where a crash came before them, there is nothing yet that could be somebody's.
  if (await isElsewhere(run)) return 'foreign';
  if (common !== null && common !== '../..' && common !== repository.commonDir) return 'foreign';
  if (reason.startsWith(SCRATCH_REASON)) return name.startsWith('scratch-') ? 'scratch' : 'foreign';
  if (await readRecord(run)) return 'run';
  // Written before the first turn: an agent may have worked here, though the record is gone.
  return (await lstat(join(run.gitDir, 'homer-before.json')).catch(ignoreMissing)) ? 'foreign' : 'unfinished';
}

/** Whether git keeps the registration for another folder than the run's own, such as one its owner has moved it to. */
export async function isElsewhere(run: RunPlace): Promise<boolean> {
  const pointsAt = await plainFile(join(run.gitDir, 'gitdir'));
  return pointsAt !== null && pointsAt !== join(run.path, '.git');
}

async function plainFile(path: string): Promise<string | null> {
  const found = await lstat(path).catch(ignoreMissing);
  if (found?.isFile() !== true || found.size > 64 * 1024) return null;
  return (await readFile(path, 'utf8')).trim();
}
