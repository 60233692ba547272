import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestRepository } from '../../main/workspace/test-repository.ts';
import type { GitTask } from './git-task.ts';

/** Does the task in a host of its own, which `meanwhile` may kill. Whether that ended before it was done. */
export async function inChild(
  repository: TestRepository,
  task: GitTask,
  meanwhile: (pid: number) => Promise<void> = () => Promise.resolve(),
  path = process.env['PATH'] ?? '',
): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'doomed-git.ts'), JSON.stringify(task)], {
    env: { PATH: path, HOME: join(repository.folder, 'home') },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let done = false;
  const lines = createInterface(child.stdout);
  await new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line === 'begins') resolve();
      if (line === 'done') done = true;
    });
    void ended.then(resolve);
  });
  if (child.pid !== undefined) await meanwhile(child.pid);
  await ended;
  return !done;
}
