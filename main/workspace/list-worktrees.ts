import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { readRecord } from './create-worktree.ts';
import type { Git } from './git.ts';
import { hasUncommittedWork } from './remove-worktree.ts';
import { openRepository } from './repository.ts';
import { TASKS_FOLDER, ignoreMissing, runPlace } from './workspace-paths.ts';

export interface ListedWorktree {
  readonly runId: string;
  readonly path: string;
  readonly branch: string | null;
  /** False for a leftover of a run nobody knows: shown to the owner, never deleted unasked. */
  readonly known: boolean;
  /** `unfinished`: a crash interrupted its creation, or git has forgotten it. */
  readonly state: 'ready' | 'unfinished';
  /** Null where that cannot be told. */
  readonly uncommitted: boolean | null;
  readonly sizeBytes: number;
}

export async function listWorktrees(
  git: Git,
  input: { projectPath: string; knownRunIds: ReadonlySet<string> },
): Promise<Result<ListedWorktree[]>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const root = join(opened.value.top, ...TASKS_FOLDER.split('/'));
  const entries = (await readdir(root, { withFileTypes: true }).catch(ignoreMissing)) ?? [];
  const listed: ListedWorktree[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const placed = await runPlace(opened.value, name);
    const path = join(root, name);
    const record = placed.ok ? await readRecord(placed.value) : null;
    const work =
      placed.ok && record ? await hasUncommittedWork(git, placed.value, `refs/heads/${record.branch}`) : null;
    listed.push({
      runId: name,
      path,
      branch: record?.branch ?? null,
      known: input.knownRunIds.has(name),
      state: record ? 'ready' : 'unfinished',
      uncommitted: work?.ok ? work.value : null,
      sizeBytes: await diskUse(path),
    });
  }
  return ok(listed.sort((a, b) => (a.runId < b.runId ? -1 : 1)));
}

/** Bytes on the disk, as `du` counts them, without following links. */
async function diskUse(folder: string): Promise<number> {
  let total = 0;
  for (const entry of (await readdir(folder, { withFileTypes: true }).catch(ignoreMissing)) ?? []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) total += await diskUse(path);
    const found = await lstat(path).catch(ignoreMissing);
    total += (found?.blocks ?? 0) * 512;
  }
  return total;
}
