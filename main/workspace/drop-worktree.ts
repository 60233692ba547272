import { chmod, lstat, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { besideGit, ignoreMissing } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

/** A git that outlived its host may still be filling the folder: tried again while that goes on, some 5 s in all. */
const PATIENT = { recursive: true, force: true, maxRetries: 14, retryDelay: 50 } as const;

/**
 * Deletes a worktree's folder and what git keeps of it. Done by hand, because `git worktree remove` refuses when the agent has
 * damaged the `.git` file. Symbolic links are removed, never followed; folders without write permission are opened up first.
 */
export async function dropWorktree(run: RunPlace): Promise<void> {
  try {
    await rm(run.path, PATIENT);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    await openUp(run.path);
    await rm(run.path, PATIENT);
  }
  // Taken out of git's sight whole before it is taken apart, for the same reason as it is put there whole.
  const aside = besideGit(run);
  await rm(aside, { recursive: true, force: true });
  await rename(run.gitDir, aside).catch(ignoreMissing);
  await rm(aside, { recursive: true, force: true });
}

async function openUp(folder: string): Promise<void> {
  const found = await lstat(folder).catch(ignoreMissing);
  if (!found?.isDirectory()) return;
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await openUp(join(folder, entry.name));
  }
}
