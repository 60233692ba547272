import type { ApplyStrategy } from '../../main/domain/run/apply-strategy.ts';
import type { Result } from '../../main/shared/result.ts';
import { applyRun } from '../../main/workspace/apply.ts';
import { createWorktree } from '../../main/workspace/create-worktree.ts';
import type { Git } from '../../main/workspace/git.ts';
import { removeWorktree } from '../../main/workspace/remove-worktree.ts';
import { rollBackRun } from '../../main/workspace/roll-back.ts';

/** What is done while something is killed. */
export interface GitTask {
  readonly what: 'apply' | 'roll_back' | 'worktree' | 'archive';
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
  }
}
