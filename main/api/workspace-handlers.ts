import type { WorktreeEntry } from '../../preload/contract/workspace.ts';
import { fail, ok } from '../shared/result.ts';
import type { StandingWorktree } from '../runtime/standing-worktrees.ts';
import { findProject, findProjectByPath, getProject } from '../store/project-store.ts';
import { findRuns } from '../store/run-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

type WorkspaceName = Extract<keyof Handlers, `workspace.${string}` | `archive.${string}`>;

export function workspaceHandlers({ store, custodian }: ApiOptions): Pick<Handlers, WorkspaceName> {
  const size = (worktrees: readonly StandingWorktree[]): number =>
    worktrees.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    'workspace.list': async ({ projectId }) => {
      if (projectId !== undefined) store.read((read) => getProject(read, projectId));
      const worktrees = await custodian.list(projectId);
      return ok({
        worktrees: worktrees.map(entryOf),
        totalBytes: size(worktrees),
        shortage: custodian.shortage()?.message ?? null,
      });
    },
    'workspace.clean': async ({ projectId, runId, dryRun }) => {
      if (projectId !== undefined) store.read((read) => getProject(read, projectId));
      const { removed, kept } = await custodian.clean({ projectId, runId, dryRun });
      if (runId !== undefined && removed.length + kept.length === 0)
        return fail('not_found', `There is no worktree ${runId}.`, {
          hint: '`homer workspace list` shows what there is.',
        });
      return ok({
        dryRun,
        removed: removed.map(entryOf),
        kept: kept.map(({ worktree, why }) => ({ ...entryOf(worktree), why })),
        freedBytes: size(removed),
      });
    },
    'archive.list': async () => {
      const archives = await custodian.archives();
      return ok(
        store.read((read) => {
          const runs = new Map(
            findRuns(
              read,
              archives.map(({ runId }) => runId),
            ).map((run) => [run.id, run]),
          );
          return archives.map(({ runId, path, note, sizeBytes, createdAt, expiresAt }) => ({
            id: runId,
            path,
            runNumber: runs.get(runId)?.number ?? null,
            projectName:
              runs.get(runId)?.projectName ??
              (note === null ? null : (findProjectByPath(read, note.projectPath)?.name ?? null)),
            files: note?.files ?? null,
            sizeBytes,
            createdAt,
            expiresAt,
          }));
        }),
      );
    },
    'archive.restore': async ({ id, branch }) => {
      const archive = (await custodian.archives()).find(({ runId }) => runId === id);
      if (!archive)
        return fail('not_found', `There is no archive of ${id}.`, {
          hint: '`homer workspace archives` shows what there is.',
        });
      const project = store.read((read) => {
        const [run] = findRuns(read, [id]);
        if (run) return findProject(read, run.projectId);
        return archive.note === null ? null : findProjectByPath(read, archive.note.projectPath);
      });
      if (!project)
        return fail('no_project', 'The project that this archive is of is not here.', {
          hint: `Add ${archive.note?.projectPath ?? 'the project'} again, then restore.`,
        });
      const restored = await custodian.restore({
        projectPath: project.localPath,
        runId: id,
        branch: branch ?? `homer/restored-${id.slice(-12)}`,
      });
      return restored.ok ? ok({ id, projectName: project.name, ...restored.value }) : restored;
    },
  };
}

function entryOf(worktree: StandingWorktree): WorktreeEntry {
  const { run, runId, projectId, projectName, path, kind, branch, uncommitted } = worktree;
  const { sizeBytes, sizeWhole, createdAt, advice, why } = worktree;
  return {
    runId,
    runNumber: run?.number ?? null,
    runStatus: run?.status ?? null,
    projectId,
    projectName,
    path,
    kind,
    branch,
    uncommitted,
    sizeBytes,
    sizeWhole,
    createdAt,
    advice,
    why,
  };
}
