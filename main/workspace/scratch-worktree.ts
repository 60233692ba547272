import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Result } from '../shared/result.ts';
import { dropWorktree } from './drop-worktree.ts';
import { excludeWorkspace } from './exclude-workspace.ts';
import type { Git, GitPlace } from './git.ts';
import { openRepository, resolveCommit } from './repository.ts';
import { runPlace } from './workspace-paths.ts';

export interface ScratchWorktree {
  readonly path: string;
  readonly commit: string;
  readonly place: GitPlace;
}

/** Lends a worktree of `commit` (HEAD when not given), on no branch, and removes it whatever happens in `use`. */
export async function withScratchWorktree<T>(
  git: Git,
  input: { projectPath: string; commit?: string },
  use: (worktree: ScratchWorktree) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const commit = await resolveCommit(git, repository.place, input.commit ?? 'HEAD');
  if (!commit.ok) return commit;
  const placed = await runPlace(repository, `scratch-${randomUUID()}`);
  if (!placed.ok) return placed;
  const { path, place } = placed.value;
  await mkdir(dirname(path), { recursive: true });
  await excludeWorkspace(repository);
  try {
    const added = await git.run(repository.place, [
      'worktree',
      'add',
      '--no-checkout',
      '--detach',
      '--lock',
      '--reason',
      'Homer scratch',
      '--',
      path,
      commit.value,
    ]);
    if (!added.ok) return added;
    const filled = await git.run(place, ['read-tree', '--reset', '-u', 'HEAD']);
    if (!filled.ok) return filled;
    return await use({ path, commit: commit.value, place });
  } finally {
    await dropWorktree(placed.value);
  }
}
