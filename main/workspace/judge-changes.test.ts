import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { beginTurn, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
afterEach(() => {
  repository.dispose();
});

const write = (root: string, file: string, text = 'x'): void => {
  fs.mkdirSync(join(root, file, '..'), { recursive: true });
  fs.writeFileSync(join(root, file), text);
};
const link = (root: string, file: string, target: string): void => {
  fs.mkdirSync(join(root, file, '..'), { recursive: true });
  fs.symlinkSync(target, join(root, file));
};
// The attacks are a table of their own, in test/policy.
describe('judging a turn', () => {
  it('lets honest work pass and lists all of it', async () => {
    repository = createTestRepository('Projekt mit Ümlaut');
    repository.commit('More', { 'old name.txt': 'x\n', 'tool.sh': 'x\n', 'gone.txt': 'x\n' });
    const turn = await beginTurn(repository);
    const root = turn.worktree.path;
    write(root, 'README.md', 'changed\n');
    write(root, 'neu/Größe ☃.txt');
    write(root, 'ignored/cache.bin');
    fs.renameSync(join(root, 'old name.txt'), join(root, 'new name.txt'));
    fs.chmodSync(join(root, 'tool.sh'), 0o4755);
    fs.rmSync(join(root, 'gone.txt'));
    link(root, 'inside', 'src/app.ts');
    fs.linkSync(join(root, 'src/app.ts'), join(root, 'src/twin.ts'));
    write(root, 'ignored/venv/pyvenv.cfg');
    link(root, 'ignored/venv/bin/python', '/usr/bin/python3');
    fs.utimesSync(join(root, '.gitignore'), 5, 5);
    const verdict = await turn.verdict();
    expect(verdict.violations).toEqual([]);
    const summary = verdict.paths.map(({ path, change, standing }) => `${change} ${standing} ${path}`);
    expect(summary).toEqual(
      [
        'added ignored ignored/cache.bin',
        'added ignored ignored/venv/bin/python',
        'added ignored ignored/venv/pyvenv.cfg',
        'added untracked inside',
        'added untracked neu/Größe ☃.txt',
        'added untracked new name.txt',
        'added untracked src/twin.ts',
        'deleted tracked gone.txt',
        'deleted tracked old name.txt',
        'modified tracked README.md',
        'modified tracked tool.sh',
      ].sort((a, b) => (a.split(' ').slice(2).join(' ') < b.split(' ').slice(2).join(' ') ? -1 : 1)),
    );
    expect(verdict.paths.find(({ path }) => path === 'tool.sh')?.notes).toEqual([
      'executable',
      'set-user-id',
    ]);
  });

  it('sees a change of the same size made in the second of the check-out', async () => {
    repository = createTestRepository();
    const turn = await beginTurn(repository);
    fs.writeFileSync(join(turn.worktree.path, 'src/app.ts'), 'export const a = 2;\n');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await turn.verdict()).paths.map(({ path }) => path)).toEqual(['src/app.ts']);
  });

  it('says nothing of what stood there before the turn, and does not mind the owner pushing a branch', async () => {
    repository = createTestRepository();
    const before = await beginTurn(repository);
    write(before.worktree.path, 'ignored/.env');
    const turn = await beginTurn(repository);
    repository.sh(['config', 'branch.main.remote', 'origin']);
    expect(await turn.verdict()).toEqual({ ok: true, violations: [], notices: [], paths: [] });
  });

  it('allows only what an allow list names', async () => {
    repository = createTestRepository();
    const turn = await beginTurn(repository);
    write(turn.worktree.path, 'src/app.ts', 'ok');
    write(turn.worktree.path, 'docs/x.md');
    const verdict = await turn.verdict({ allow: ['src/**'], deny: [] });
    expect(verdict.violations).toEqual([{ path: 'docs/x.md', rule: 'not on the allow list' }]);
  });

  it('finds one file among thousands of ignored ones', { timeout: 60_000 }, async () => {
    repository = createTestRepository();
    const turn0 = await beginTurn(repository);
    const root = turn0.worktree.path;
    // HOMER_MEASURE=1 makes it fifty thousand and prints how long it took and how long the event loop was held up.
    const folders = process.env['HOMER_MEASURE'] ? 500 : 80;
    for (let folder = 0; folder < folders; folder += 1) {
      fs.mkdirSync(join(root, `ignored/${String(folder)}`), { recursive: true });
      for (let file = 0; file < 100; file += 1)
        fs.writeFileSync(join(root, `ignored/${String(folder)}/${String(file)}`), '');
    }
    const turn = await beginTurn(repository);
    write(root, 'ignored/77/.env');
    const began = performance.now();
    let last = began;
    let worst = 0;
    const beat = setInterval(() => {
      worst = Math.max(worst, performance.now() - last);
      last = performance.now();
    }, 1);
    const verdict = await turn.verdict();
    clearInterval(beat);
    if (process.env['HOMER_MEASURE']) console.log({ ms: performance.now() - began, worst });
    expect(verdict.paths.map(({ path }) => path)).toEqual(['ignored/77/.env']);
    expect(verdict.ok).toBe(false);
  });
});
