import { lstatSync, lutimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { createScope } from '../shared/scope.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { writeBefore } from './before-turn.ts';
import type { Git } from './git.ts';
import { readGuards } from './guards.ts';
import type { Guards } from './guards.ts';
import { openRepository } from './repository.ts';
import { runPlace } from './workspace-paths.ts';

/** The moment before a turn, as plain JSON, so that it outlives a crash of the host. */
export interface Marker {
  /** Inode change time by the file system's own clock, in milliseconds: what changes later has this time or a later one. */
  readonly at: number;
  /** What the worktree held: the base, or the last checkpoint. */
  readonly commit: string;
  readonly guards: Guards;
  /** Vouches for the record of what stood there before; markers of an earlier version have none. */
  readonly before?: string;
}

/**
 * Most file systems stamp changes with a coarse clock. The marker waits for that clock to tick, so that all that was written before has an
 * earlier time, and all that is written after has this one or a later one. The clock asked is that of the worktree's file system.
 */
export async function takeMarker(
  git: Git,
  input: { projectPath: string; runId: string; commit: string },
): Promise<Result<Marker>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const placed = await runPlace(opened.value, input.runId);
  if (!placed.ok) return placed;
  // Asked first: while the rest is read, the clock most often ticks.
  const first = fileSystemTime(placed.value.path);
  const [guards, before] = await Promise.all([
    readGuards(git, opened.value, placed.value),
    writeBefore(git, opened.value, placed.value),
  ]);
  if (!guards.ok) return guards;
  const scope = createScope('marker');
  try {
    for (let count = 0; count < 500; count += 1) {
      const at = fileSystemTime(placed.value.path);
      if (at > first) return ok({ at, commit: input.commit, guards: guards.value, before });
      await git.clock.sleep(scope, 1);
    }
  } finally {
    await scope.close();
  }
  return fail('clock_stands_still', 'The clock of the disk with the project stands still.', {
    hint: 'Check the system clock, then try again.',
  });
}

/**
 * The time the file system gives a change made now: that of setting the times of the folder around the worktree to what they are. Where
 * the system tells two changes apart that somebody looks between, each call gives a later one.
 */
export function fileSystemTime(worktree: string): number {
  const folder = dirname(worktree);
  const { atime, mtime } = lstatSync(folder);
  lutimesSync(folder, atime, mtime);
  return lstatSync(folder).ctimeMs;
}
