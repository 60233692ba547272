import { existsSync } from 'node:fs';
import type { Log } from '../shared/log.ts';
import { runEnded } from '../domain/run/status.ts';
import { getProject, listProjects } from '../store/project-store.ts';
import { endedAmong, getRun } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';
import type { RunWorkspace } from './ports.ts';

/** Removes the worktrees of runs that have ended. Commits stay reachable, and uncommitted work goes to the archive. */
export interface Tidy {
  /** Does nothing for a run that has not ended or has no worktree. What cannot be removed is logged and left for the next start. */
  run(runId: string): Promise<void>;
  /** What a host left that was killed between the end of a run and the removal of its worktree. */
  leftovers(): Promise<void>;
}

export function createTidy(options: {
  store: Store;
  workspace: RunWorkspace;
  log: Log;
  /** A worktree is gone, and its place on the disk free. */
  onRemoved?: () => void;
}): Tidy {
  const { store, workspace, log } = options;
  /** Removals under way: a decision and the search for leftovers can come to the same worktree, and two at once trip each other. */
  const inHand = new Map<string, Promise<void>>();
  const remove = async (runId: string): Promise<void> => {
    const run = store.read((read) => getRun(read, runId));
    if (!runEnded(run.status) || run.worktree === null || !existsSync(run.worktree)) return;
    const { localPath } = store.read((read) => getProject(read, run.projectId));
    // A run that changed nothing, such as a dry one, has no commits to keep.
    const head = run.headCommit === run.baseCommit ? null : run.headCommit;
    const removed = await workspace.remove({ projectPath: localPath, runId, head });
    if (removed.ok) options.onRemoved?.();
    else log.warn('a worktree could not be removed', { runId, error: removed.error.message });
  };
  const tidy: Tidy = {
    run(runId) {
      const underWay = inHand.get(runId);
      if (underWay) return underWay;
      const removal = remove(runId).finally(() => {
        inHand.delete(runId);
      });
      inHand.set(runId, removal);
      return removal;
    },
    async leftovers() {
      for (const { localPath } of store.read(listProjects)) {
        const settled = await workspace.settle(localPath);
        if (!settled.ok) log.warn('a project could not be looked into', { error: settled.error.message });
        const there = await workspace.standing(localPath);
        for (const runId of store.read((read) => endedAmong(read, there))) await tidy.run(runId);
      }
    },
  };
  return tidy;
}
