import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { readTreeFresh } from './copy-index.ts';
import type { Git } from './git.ts';
import { readPlain } from './plain-file.ts';
import type { RunPlace } from './workspace-paths.ts';

const MOST_INDEXES = 1_000;

async function indexDigest(run: RunPlace): Promise<string | undefined> {
  const bytes = await readPlain(run.ownIndex);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}

/** Remembers that Homer's own index holds `commit` as it lies there now. To be called right after git wrote it. */
export async function noteOwnIndex(git: Git, run: RunPlace, commit: string): Promise<void> {
  const digest = await indexDigest(run);
  git.ownIndexes.delete(run.ownIndex);
  if (digest === undefined) return;
  git.ownIndexes.set(run.ownIndex, { commit, digest });
  for (const oldest of git.ownIndexes.keys()) {
    if (git.ownIndexes.size <= MOST_INDEXES) break;
    git.ownIndexes.delete(oldest);
  }
}

/**
 * Makes Homer's own index hold `commit`. It lies where an agent can write, and marks set there could hide a change: so it is used as
 * it is only when it is byte for byte what this process left there, and is made from nothing otherwise.
 */
export async function alignOwnIndex(git: Git, run: RunPlace, commit: string): Promise<Result<null>> {
  // Nobody but Homer has a reason to lock it: a lock is a dead host's, or was planted.
  rmSync(`${run.ownIndex}.lock`, { recursive: true, force: true });
  const known = git.ownIndexes.get(run.ownIndex);
  if (known?.commit === commit && known.digest === (await indexDigest(run))) return ok(null);
  const scratch = `${run.ownIndex}.align`;
  await rm(scratch, { recursive: true, force: true });
  await rm(`${scratch}.lock`, { recursive: true, force: true });
  const read = await readTreeFresh(git, { ...run.place, index: scratch }, commit);
  if (read.ok) {
    await rm(run.ownIndex, { recursive: true, force: true });
    await rename(scratch, run.ownIndex);
    await noteOwnIndex(git, run, commit);
  }
  await rm(scratch, { force: true });
  return read;
}
