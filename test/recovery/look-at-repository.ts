import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_ID, type TestRepository } from '../../main/workspace/test-repository.ts';
import type { GitTask } from './git-task.ts';

export function look({ sh }: TestRepository): { tip: string; status: string } {
  return { tip: sh(['rev-parse', 'main']), status: sh(['status', '--porcelain']) };
}

export function worktreeOf(projectPath: string): string {
  return join(projectPath, '.workspace', 'tasks', RUN_ID);
}

/** Whether the last piece of the uncommitted work can be had, from the worktree or from a bundle git calls whole. */
export function readable({ sh, read }: TestRepository, task: GitTask): boolean {
  const worktree = worktreeOf(task.projectPath);
  const names = Array.from({ length: 50 }, (_, index) => `work/w${String(index)}.txt`);
  if (names.every((name) => existsSync(join(worktree, name))))
    return read('work/w49.txt', worktree) === 'precious 49\n';
  const bundle = join(task.archive, `${RUN_ID}.bundle`);
  if (!existsSync(bundle)) return false;
  sh(['bundle', 'verify', '-q', bundle]);
  sh(['fetch', '-q', bundle, `+refs/homer/evidence/${RUN_ID}:refs/test/restored`]);
  return sh(['show', 'refs/test/restored:work/w49.txt']) === 'precious 49';
}

/** Locks, journals and half-made files below `.git` that nobody will ever take away. */
export function leftovers(projectPath: string): string[] {
  return readdirSync(join(projectPath, '.git'), { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      !name.startsWith('objects') && /\.lock$|homer-(?:move|worktree|join)-|\.view-|\.bundle$/u.test(name),
  );
}
