import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { readIfSmall } from './plain-file.ts';
import { readRecord } from './create-worktree.ts';
import type { Repository } from './repository.ts';
import { SCRATCH_REASON } from './scratch-worktree.ts';
import { unlessMissing } from './unless-missing.ts';
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
  const reason = plainFile(join(run.gitDir, 'locked'));
  const common = plainFile(join(run.gitDir, 'commondir'));
  if (reason === null || !/^Homer (?:run #\d+|scratch\b)/u.test(reason)) return 'foreign';
  // Written last but for the files: where a crash came before them, there is nothing yet that could be somebody's.
  if (isElsewhere(run)) return 'foreign';
  if (common !== null && common !== '../..' && common !== repository.commonDir) return 'foreign';
  if (reason.startsWith(SCRATCH_REASON)) return name.startsWith('scratch-') ? 'scratch' : 'foreign';
  if (await readRecord(run)) return 'run';
  // Written before the first turn: an agent may have worked here, though the record is gone.
  return unlessMissing(() => lstatSync(join(run.gitDir, 'homer-before.json'))) ? 'foreign' : 'unfinished';
}

/** Whether git keeps the registration for another folder than the run's own, such as one its owner has moved it to. */
export function isElsewhere(run: RunPlace): boolean {
  const pointsAt = plainFile(join(run.gitDir, 'gitdir'));
  return pointsAt !== null && pointsAt !== join(run.path, '.git');
}

function plainFile(path: string): string | null {
  return readIfSmall(path)?.toString().trim() ?? null;
}
