import { readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunPlace, RunWorkspace } from '../runtime/ports.ts';
import type { JsonObject } from '../domain/primitives.ts';
import { ok, type Result } from '../shared/result.ts';
import { dropArchive, listArchives, restoreArchive } from '../workspace/archives.ts';
import { dropKeptCommits } from '../workspace/drop-kept-commits.ts';
import { listWorktrees } from '../workspace/list-worktrees.ts';
import { removeLeftover } from '../workspace/remove-leftover.ts';
import { settleMoves } from '../workspace/settle-moves.ts';
import { advanceWorktree } from '../workspace/advance-worktree.ts';
import { applyRun } from '../workspace/apply.ts';
import { rollBackRun } from '../workspace/roll-back.ts';
import { changeStat } from '../workspace/change-stat.ts';
import { changedPaths } from '../workspace/changed-paths.ts';
import { checkpoint } from '../workspace/checkpoint.ts';
import { createWorktree, readRecord, type Worktree } from '../workspace/create-worktree.ts';
import type { Git } from '../workspace/git.ts';
import { joinCommits } from '../workspace/join-commits.ts';
import { judgeChanges } from '../workspace/judge-changes.ts';
import { keepCommits } from '../workspace/keep-commits.ts';
import { openRepository } from '../workspace/repository.ts';
import { removeWorktree } from '../workspace/remove-worktree.ts';
import { folderOf, ignoreMissing, runIdOf, runPlace, TASKS_FOLDER } from '../workspace/workspace-paths.ts';
import { takeMarker, type Marker } from '../workspace/take-marker.ts';

/** The workspace room as the loop sees it. */
export function createRunWorkspace(options: { git: Git; dataFolder: string }): RunWorkspace {
  const { git } = options;
  const archive = join(options.dataFolder, 'archive');
  const at = (place: RunPlace): { projectPath: string; runId: string } => ({
    projectPath: place.projectPath,
    runId: place.folder,
  });
  /** Removes one worktree with its branch; what is in no commit goes to the archive. */
  const drop = (projectPath: string, folder: string): Promise<Result<unknown>> =>
    removeWorktree(git, { projectPath, runId: folder, deleteBranch: true, archive });
  const standing = async (projectPath: string): Promise<string[]> => {
    const root = join(projectPath, ...TASKS_FOLDER.split('/'));
    const entries = (await readdir(root, { withFileTypes: true }).catch(ignoreMissing)) ?? [];
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  };
  /**
   * Removes the worktree of a stage; its commits stay reachable, for the attempt that may go on from them. One whose creation a crash cut
   * off holds nobody's work.
   */
  const dropStage = async (projectPath: string, folder: string): Promise<Result<unknown>> => {
    const record = await recordOf(projectPath, folder);
    if (!record.ok) return record;
    if (record.value === null) return removeLeftover(git, { projectPath, runId: folder, archive });
    const head = `refs/heads/${record.value.branch}`;
    const kept = await keepCommits(git, { projectPath, runId: folder, head, of: 'stages' });
    return kept.ok ? drop(projectPath, folder) : kept;
  };
  const recordOf = async (projectPath: string, folder: string): Promise<Result<Worktree | null>> => {
    const opened = await openRepository(git, projectPath);
    if (!opened.ok) return opened;
    const placed = await runPlace(opened.value, folder);
    return placed.ok ? ok(await readRecord(placed.value)) : placed;
  };
  return {
    async create({ id, number, name, projectPath, defaultBranch, base }) {
      const made = await createWorktree(git, {
        projectPath,
        runId: id,
        number,
        name,
        base: base ?? `refs/heads/${defaultBranch}`,
      });
      if (!made.ok) return made;
      const { path, branch, baseCommit } = made.value;
      return ok({ runId: id, stage: '', folder: id, projectPath, worktree: path, branch, baseCommit });
    },
    async createStage({ runId, number, name, projectPath, stage, position, base }) {
      const folder = folderOf(runId, position);
      const record = await recordOf(projectPath, folder);
      if (!record.ok) return record;
      if (record.value !== null) {
        const dropped = await drop(projectPath, folder);
        if (!dropped.ok) return dropped;
      }
      const made = await createWorktree(git, {
        projectPath,
        runId: folder,
        number,
        name: `${stage} ${name}`,
        base,
      });
      if (!made.ok) return made;
      const { path, branch, baseCommit } = made.value;
      return ok({ runId, stage, folder, projectPath, worktree: path, branch, baseCommit });
    },
    stagePlace: ({ position, ...place }) => ({ ...place, folder: folderOf(place.runId, position) }),
    join: (of) => joinCommits(git, of),
    advance: ({ projectPath, folder, branch }, commit) =>
      advanceWorktree(git, { projectPath, folder, branch, commit }),
    mark: async (place, commit) => asJson(await takeMarker(git, { ...at(place), commit })),
    async judge(place, mark, policy) {
      const changes = await changedPaths(git, { ...at(place), marker: mark as unknown as Marker });
      return changes.ok
        ? ok(await judgeChanges(changes.value, { worktree: place.worktree, policy }))
        : changes;
    },
    checkpoint: (place, { parent, message, verdict }) =>
      checkpoint(git, {
        ...at(place),
        branch: place.branch,
        base: place.baseCommit,
        parent,
        message,
        verdict,
      }),
    stat: ({ projectPath }, from, to) => changeStat(git, { projectPath, from, to }),
    apply: ({ projectPath, defaultBranch, runId, number, title, baseCommit, head, strategy, ...more }) =>
      applyRun(git, {
        ...more,
        projectPath,
        runId,
        number,
        title,
        base: baseCommit,
        head,
        target: defaultBranch,
        method: strategy,
      }),
    rollBack: ({ projectPath, defaultBranch, runId, number, title, baseCommit }) =>
      rollBackRun(git, { projectPath, runId, number, title, base: baseCommit, target: defaultBranch }),
    standing: async (projectPath) => [...new Set((await standing(projectPath)).map(runIdOf))],
    worktrees: (projectPath) => listWorktrees(git, projectPath),
    async removeLeftover({ projectPath, runId }) {
      const removed = await removeLeftover(git, { projectPath, runId, archive });
      return removed.ok ? ok({ archived: removed.value.evidence.length > 0 }) : removed;
    },
    settle: (projectPath) => settleMoves(git, projectPath),
    forgetCommits: (projectPath, runIds) => dropKeptCommits(git, { projectPath, runIds }),
    archives: () => listArchives(archive),
    dropArchive: (runId) => dropArchive(archive, runId),
    restoreArchive: (request) => restoreArchive(git, { ...request, folder: archive }),
    freeBytes: (projectPath) =>
      statfs(projectPath).then(
        ({ bavail, bsize }) => bavail * bsize,
        () => null,
      ),
    async remove({ projectPath, runId, head }) {
      if (head !== null) {
        const kept = await keepCommits(git, { projectPath, runId, head });
        if (!kept.ok) return kept;
      }
      const stages = (await standing(projectPath)).filter((it) => it !== runId && runIdOf(it) === runId);
      for (const folder of stages) {
        const dropped = await dropStage(projectPath, folder);
        if (!dropped.ok) return dropped;
      }
      const removed = await drop(projectPath, runId);
      return removed.ok ? ok(undefined) : removed;
    },
  };
}

/** A marker is plain JSON by its type's own promise; this only forgets the names of its fields. */
function asJson(marker: Result<Marker>): Result<JsonObject> {
  return marker.ok ? ok(JSON.parse(JSON.stringify(marker.value)) as JsonObject) : marker;
}
