import type { ApplyStrategy } from '../../main/domain/run/apply-strategy.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultPathPolicy } from '../../main/domain/risk/path-policy.ts';
import type { Result } from '../../main/shared/result.ts';
import { applyRun } from '../../main/workspace/apply.ts';
import { restoreArchive } from '../../main/workspace/archives.ts';
import { changedPaths } from '../../main/workspace/changed-paths.ts';
import { checkpoint } from '../../main/workspace/checkpoint.ts';
import { createWorktree } from '../../main/workspace/create-worktree.ts';
import { dropKeptCommits } from '../../main/workspace/drop-kept-commits.ts';
import type { Git } from '../../main/workspace/git.ts';
import { judgeChanges } from '../../main/workspace/judge-changes.ts';
import { keepCommits } from '../../main/workspace/keep-commits.ts';
import { removeWorktree } from '../../main/workspace/remove-worktree.ts';
import { rollBackRun } from '../../main/workspace/roll-back.ts';
import { takeMarker } from '../../main/workspace/take-marker.ts';

/** What is done while something is killed. */
export interface GitTask {
  readonly what:
    'apply' | 'roll_back' | 'worktree' | 'archive' | 'checkpoint' | 'keep' | 'forget' | 'restore';
  readonly projectPath: string;
  readonly runId: string;
  readonly base: string;
  readonly head: string;
  readonly method: ApplyStrategy;
  readonly archive: string;
}

export function act(git: Git, task: GitTask): Promise<Result<unknown>> {
  const { projectPath, runId, base, head, method, archive } = task;
  const run = { projectPath, runId, number: 1, title: 'Work', base, target: 'main' };
  switch (task.what) {
    case 'apply':
      return applyRun(git, { ...run, head, method });
    case 'roll_back':
      return rollBackRun(git, run);
    case 'worktree':
      return createWorktree(git, { projectPath, runId, number: 1, base: 'refs/heads/main' });
    case 'archive':
      return removeWorktree(git, { projectPath, runId, deleteBranch: true, archive });
    case 'checkpoint':
      return takeCheckpoint(git, task);
    case 'keep':
      return keepCommits(git, { projectPath, runId, head });
    case 'forget':
      return dropKeptCommits(git, { projectPath, runIds: [runId] });
    case 'restore':
      return restoreArchive(git, { projectPath, folder: archive, runId, branch: 'restored' });
  }
}

/** Commits what lies in the worktree, as if an agent had just written it. */
async function takeCheckpoint(git: Git, { projectPath, runId, base }: GitTask): Promise<Result<unknown>> {
  const marker = await takeMarker(git, { projectPath, runId, commit: base });
  if (!marker.ok) return marker;
  const worktree = await createWorktree(git, { projectPath, runId, number: 1, base });
  if (!worktree.ok) return worktree;
  await writeFile(join(worktree.value.path, 'step.txt'), 'a step\n');
  const changes = await changedPaths(git, { projectPath, runId, marker: marker.value });
  if (!changes.ok) return changes;
  const { path, branch } = worktree.value;
  const verdict = await judgeChanges(changes.value, { worktree: path, policy: defaultPathPolicy });
  return checkpoint(git, { projectPath, runId, branch, base, parent: base, message: 'Step 1\n', verdict });
}
