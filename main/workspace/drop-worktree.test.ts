import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropWorktree } from './drop-worktree.ts';
import type { RunPlace } from './workspace-paths.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homer-drop-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('drops a worktree that a git of a killed host is still filling', async () => {
  const path = join(folder, 'run');
  const gitDir = join(folder, 'git', 'worktrees', 'run');
  mkdirSync(path);
  mkdirSync(gitDir, { recursive: true });
  const program = `const end = Date.now() + 600;
for (let n = 0; Date.now() < end; n += 1) try { require('node:fs').writeFileSync(process.argv[1] + '/' + n, ''); } catch {}`;
  const filling = spawn(process.execPath, ['-e', program, path]);
  const ended = new Promise((done) => filling.on('close', done));
  while (!existsSync(join(path, '100'))) await new Promise((done) => setTimeout(done, 5));
  await dropWorktree({ path, gitDir } as RunPlace);
  await ended;
  expect(existsSync(gitDir)).toBe(false);
});
