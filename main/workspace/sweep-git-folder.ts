import { readdirSync } from 'node:fs';
import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import type { Repository } from './repository.ts';
import { ignoreMissing } from './workspace-paths.ts';

/** Nothing here is in use for so long without being written to. */
const STALE_MS = 10 * 60_000;

/**
 * What Homer makes in the folder all worktrees share and takes away again at once: the files of a worktree on their way in or out,
 * an index to join by, a bundle. Only a kill leaves one.
 */
const PASSING =
  /^homer-(?:worktree-[0-9a-z-]+|join-[0-9a-f-]{36}(?:\.new)?(?:\.lock)?|[0-9a-z-]+\.bundle(?:\.lock)?)$/u;

/** Removes what killed hosts left of it. */
export async function sweepGitFolder({ commonDir }: Repository, clock: Clock): Promise<void> {
  for (const name of readdirSync(commonDir)) {
    if (!PASSING.test(name)) continue;
    const path = join(commonDir, name);
    const found = await lstat(path).catch(ignoreMissing);
    // Moving a folder away does not touch its own times but that of its last change.
    if (found && clock.now() - Math.max(found.mtimeMs, found.ctimeMs) > STALE_MS)
      await rm(path, { recursive: true, force: true });
  }
}
