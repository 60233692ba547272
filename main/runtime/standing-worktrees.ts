import type { Run } from '../domain/run/run.ts';
import { runEnded, runStatus } from '../domain/run/status.ts';
import { listProjects } from '../store/project-store.ts';
import { findRuns } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';
import type { ListedWorktree } from '../workspace/list-worktrees.ts';
import { runIdOf } from '../workspace/workspace-paths.ts';
import type { RunWorkspace } from './ports.ts';

/** What may be done with a worktree: `archive` first, because work is in it that is in no commit; `look` is for its owner alone. */
export type Advice = 'in_use' | 'remove' | 'archive' | 'look';

export interface StandingWorktree extends ListedWorktree {
  readonly projectId: string;
  readonly projectName: string;
  readonly projectPath: string;
  readonly run: Run | null;
  readonly advice: Advice;
  /** One sentence. */
  readonly why: string;
}

/** The worktrees of one project or of all, oldest first, each with what may be done with it. */
export async function standingWorktrees(
  store: Store,
  workspace: RunWorkspace,
  projectId?: string,
): Promise<StandingWorktree[]> {
  const projects = store.read(listProjects).filter(({ id }) => projectId === undefined || id === projectId);
  const standing: StandingWorktree[] = [];
  for (const project of projects) {
    const listed = await workspace.worktrees(project.localPath);
    // A project whose folder is gone has none; its own problem is shown elsewhere.
    if (!listed.ok) continue;
    const ids = listed.value.map(({ runId }) => runIdOf(runId));
    const runs = new Map(store.read((read) => findRuns(read, ids)).map((run) => [run.id, run]));
    for (const worktree of listed.value) {
      const run = runs.get(runIdOf(worktree.runId)) ?? null;
      standing.push({
        ...worktree,
        projectId: project.id,
        projectName: project.name,
        projectPath: project.localPath,
        run,
        ...adviceFor(worktree, run),
      });
    }
  }
  return standing.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

export function adviceFor(
  { kind, uncommitted, inUse }: Pick<ListedWorktree, 'kind' | 'uncommitted' | 'inUse'>,
  run: Pick<Run, 'status' | 'number'> | null,
): { advice: Advice; why: string } {
  if (run !== null && !runEnded(run.status))
    return {
      advice: 'in_use',
      why: `Run #${String(run.number)} still needs it: ${runStatus.labels[run.status].toLowerCase()}.`,
    };
  if (inUse) return { advice: 'in_use', why: 'Something is tested there just now.' };
  if (kind === 'foreign')
    return { advice: 'look', why: 'Homer did not make it, or cannot be sure: it is never removed.' };
  if (kind === 'scratch')
    return { advice: 'remove', why: 'A host was ended while it tested something there.' };
  if (kind === 'unfinished')
    return { advice: 'remove', why: 'A host was ended while it was made; nobody worked there.' };
  const ended = run === null ? 'No run here knows of it' : `Run #${String(run.number)} has ended`;
  if (uncommitted === null)
    return { advice: 'look', why: `${ended}, but whether work is in it cannot be told.` };
  return uncommitted
    ? { advice: 'archive', why: `${ended}; its uncommitted work goes to an archive first.` }
    : { advice: 'remove', why: `${ended}; all work in it is committed.` };
}
