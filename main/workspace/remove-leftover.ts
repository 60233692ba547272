import { readdir } from 'node:fs/promises';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { dropWorktree } from './drop-worktree.ts';
import type { Git } from './git.ts';
import { untilStepsEnd } from './left-steps.ts';
import { kindOf } from './worktree-kind.ts';
import { removeWorktree } from './remove-worktree.ts';
import type { Removed } from './remove-worktree.ts';
import { openRepository } from './repository.ts';
import { scratchInUse } from './scratch-worktree.ts';
import { ignoreMissing, runPlace } from './workspace-paths.ts';

/**
 * Removes a worktree that no run of this Homer stands behind. Uncommitted work goes to the archive first, commits stay on the branch,
 * which is kept. What Homer did not make, or what is not where its name says, is refused with `foreign_worktree`.
 */
export async function removeLeftover(
  git: Git,
  input: { projectPath: string; runId: string; archive: string },
): Promise<Result<Removed>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const placed = await runPlace(opened.value, input.runId);
  if (!placed.ok) return placed;
  const run = placed.value;
  const kind = await kindOf(opened.value, run, input.runId);
  if (kind === 'run') return removeWorktree(git, { ...input, deleteBranch: false });
  if (kind === 'foreign' && (await readdir(run.path).catch(ignoreMissing)) === undefined)
    return fail('not_found', `There is no worktree ${input.runId}.`, {
      hint: 'List the worktrees and try again.',
    });
  if (kind === 'foreign') {
    return fail('foreign_worktree', `Homer did not make ${run.path}, and leaves it alone.`, {
      hint: 'Look at the files there, then move or remove the folder yourself.',
    });
  }
  if (kind === 'scratch' && (await scratchInUse(git.clock, run))) {
    return fail('worktree_in_use', `${run.path} is in use just now.`, {
      hint: 'Wait until the test there is over.',
    });
  }
  await untilStepsEnd(git);
  await dropWorktree(run);
  return ok({ evidence: [] });
}
