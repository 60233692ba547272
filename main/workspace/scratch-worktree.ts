import { randomUUID } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import type { Result } from '../shared/result.ts';
import { dropWorktree } from './drop-worktree.ts';
import { excludeWorkspace } from './exclude-workspace.ts';
import type { Git, GitPlace } from './git.ts';
import { openRepository, resolveCommit } from './repository.ts';
import { ignoreMissing, runPlace } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

/** Git's own words for why it is locked; the number is that of the process that works in it. */
export const SCRATCH_REASON = 'Homer scratch';

/** No test runs this long: its limit is 6 hours. */
const LONGEST_MS = 24 * 3_600_000;

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
      `${SCRATCH_REASON} ${String(process.pid)}`,
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

/** Whether the process that made a scratch worktree still lives, and may work in it. */
export async function scratchInUse(clock: Clock, run: RunPlace): Promise<boolean> {
  const file = join(run.gitDir, 'locked');
  const [text, found] = await Promise.all([
    readFile(file, 'utf8').catch(ignoreMissing),
    stat(file).catch(ignoreMissing),
  ]);
  const pid = Number(/^Homer scratch (\d+)/u.exec(text ?? '')?.[1] ?? Number.NaN);
  if (!found || !Number.isSafeInteger(pid) || Math.abs(clock.now() - found.mtimeMs) > LONGEST_MS)
    return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process lives, too.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
