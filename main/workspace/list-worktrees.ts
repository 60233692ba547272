import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatTime } from '../shared/clock.ts';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { readRecord } from './create-worktree.ts';
import { kindOf } from './worktree-kind.ts';
import type { WorktreeKind } from './worktree-kind.ts';
import type { Git } from './git.ts';
import { measureFolder } from './measure-folder.ts';
import { hasUncommittedWork } from './remove-worktree.ts';
import { openRepository } from './repository.ts';
import { scratchInUse } from './scratch-worktree.ts';
import { unlessMissing } from './unless-missing.ts';
import { TASKS_FOLDER, runPlace } from './workspace-paths.ts';

export interface ListedWorktree {
  readonly runId: string;
  readonly path: string;
  readonly kind: WorktreeKind;
  readonly branch: string | null;
  /** Null where that cannot be told. */
  readonly uncommitted: boolean | null;
  /** A scratch that a host works in just now. */
  readonly inUse: boolean;
  readonly sizeBytes: number;
  /** False when counting took too long: then it is at least so much. */
  readonly sizeWhole: boolean;
  readonly createdAt: string;
}

const SIZE_LIMIT_MS = 2_000;
const SIDE_BY_SIDE = 4;

/** All there is below `.workspace/tasks` of a project, oldest first. */
export async function listWorktrees(git: Git, projectPath: string): Promise<Result<ListedWorktree[]>> {
  const opened = await openRepository(git, projectPath);
  if (!opened.ok) return opened;
  const root = join(opened.value.top, ...TASKS_FOLDER.split('/'));
  const standing = unlessMissing(() => lstatSync(root));
  if (!standing?.isDirectory()) return ok([]);
  const listed: ListedWorktree[] = [];
  // A few at a time: git and the disk answer one look after the other slowly, and two hundred at once badly.
  const names = readdirSync(root).values();
  const look = async (): Promise<void> => {
    for (const name of names) {
      const path = join(root, name);
      const found = unlessMissing(() => lstatSync(path));
      if (!found || name.startsWith('.')) continue;
      const placed = await runPlace(opened.value, name);
      const kind = placed.ok ? await kindOf(opened.value, placed.value, name) : 'foreign';
      const record = placed.ok && kind === 'run' ? await readRecord(placed.value) : null;
      const work =
        placed.ok && record
          ? await hasUncommittedWork(git, placed.value, `refs/heads/${record.branch}`)
          : null;
      const end = git.clock.monotonic() + SIZE_LIMIT_MS;
      const size = found.isDirectory()
        ? await measureFolder(path, () => git.clock.monotonic() < end)
        : { bytes: 0, whole: true };
      listed.push({
        runId: name,
        path,
        kind,
        branch: record?.branch ?? null,
        uncommitted: work?.ok ? work.value : kind === 'scratch' || kind === 'unfinished' ? false : null,
        inUse: placed.ok && kind === 'scratch' && (await scratchInUse(git.clock, placed.value)),
        sizeBytes: size.bytes,
        sizeWhole: size.whole,
        createdAt: formatTime(found.birthtimeMs || found.ctimeMs),
      });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, look));
  return ok(listed.sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0)));
}
