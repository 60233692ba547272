import { join } from 'node:path';
import { ok, type Result } from '../shared/result.ts';
import { copyIndex } from './copy-index.ts';
import type { Git } from './git.ts';
import { dropOwnLocks } from './own-locks.ts';
import { openRepository } from './repository.ts';
import { runPlace } from './workspace-paths.ts';

/**
 * Makes a worktree of Homer's, where nobody works, hold `commit`, and moves its branch there. What was changed in tracked files is
 * dropped; files git does not know stay.
 */
export async function advanceWorktree(
  git: Git,
  input: { projectPath: string; folder: string; branch: string; commit: string },
): Promise<Result<void>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const placed = await runPlace(opened.value, input.folder);
  if (!placed.ok) return placed;
  const { place, gitDir, ownIndex } = placed.value;
  await dropOwnLocks(git, opened.value, placed.value, input.branch);
  const filled = await git.run(place, ['read-tree', '--reset', '-u', input.commit]);
  if (!filled.ok) return filled;
  const ref = `refs/heads/${input.branch}`;
  const moved = await git.run(place, ['update-ref', '-m', 'homer: join', ref, input.commit]);
  if (!moved.ok) return moved;
  const head = await git.run(place, ['symbolic-ref', 'HEAD', ref]);
  if (!head.ok) return head;
  await copyIndex(join(gitDir, 'index'), ownIndex);
  return ok(undefined);
}
