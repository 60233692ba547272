import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './repository.ts';
import type { RunPlace } from './workspace-paths.ts';

/**
 * Removes the lock files that a killed git left on what belongs to one run alone: its branch, its HEAD, its index. Nobody else has
 * a reason to lock these, and the commands of one run come one after another.
 */
export async function dropOwnLocks(repository: Repository, run: RunPlace, branch: string): Promise<void> {
  const locks = [
    join(repository.commonDir, 'refs', 'heads', ...`${branch}.lock`.split('/')),
    join(run.gitDir, 'HEAD.lock'),
    join(run.gitDir, 'index.lock'),
    `${run.ownIndex}.lock`,
    `${run.ownIndex}.view.lock`,
  ];
  for (const lock of locks) await rm(lock, { force: true });
}
