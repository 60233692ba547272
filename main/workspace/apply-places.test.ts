import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { applyRun } from './apply.ts';
import { rollBackRun } from './roll-back.ts';
import { RUN_ID, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository();
});
afterEach(() => {
  repository.dispose();
});

/** Work of a run in any clone: one commit on a branch of its own, with main checked out again. */
function work(cwd: string, files: Readonly<Record<string, string>>): { base: string; head: string } {
  const base = repository.sh(['rev-parse', 'HEAD'], cwd);
  repository.sh(
    ['worktree', 'add', '-q', '--no-checkout', '-b', 'homer/run-1-x', join(repository.folder, 'wt')],
    cwd,
  );
  const tree = join(repository.folder, 'wt');
  repository.sh(['reset', '-q', '--mixed'], tree);
  for (const [file, text] of Object.entries(files)) {
    repository.write(file, text, tree);
    repository.sh(['add', '--sparse', file], tree);
  }
  repository.sh(['commit', '-qm', 'Work'], tree);
  return { base, head: repository.sh(['rev-parse', 'HEAD'], tree) };
}
const apply = (
  projectPath: string,
  at: { base: string; head: string },
  more: { target?: string; method?: 'merge' | 'squash' | 'rebase' } = {},
) =>
  applyRun(repository.git, {
    projectPath,
    runId: RUN_ID,
    number: 12,
    title: 'Work',
    target: 'main',
    method: 'merge',
    ...at,
    ...more,
  });
const clone = (...options: string[]): string => {
  const path = join(repository.folder, 'clone');
  repository.sh(['clone', '-q', ...options, `file://${repository.path}`, path], repository.folder);
  return path;
};

describe('places where an apply is not plain', () => {
  it('says that the target branch is gone', async () => {
    const at = work(repository.path, { 'a.txt': 'a\n' });
    repository.sh(['switch', '-q', '--detach']);
    repository.sh(['branch', '-D', 'main']);
    expect(await apply(repository.path, at)).toMatchObject({ ok: false, error: { tag: 'target_gone' } });
  });

  it('does not mind a worktree of the target whose folder is gone', async () => {
    const at = work(repository.path, { 'a.txt': 'a\n' });
    const other = join(repository.folder, 'other');
    repository.sh(['worktree', 'add', '-q', '-b', 'other', other]);
    expect(await apply(repository.path, at, { target: 'other' })).toMatchObject({
      ok: false,
      error: { tag: 'target_checked_out' },
    });
    fs.rmSync(other, { recursive: true });
    expect((await apply(repository.path, at, { target: 'other' })).ok).toBe(true);
  });

  it('works in a shallow clone, and is undone there', async () => {
    for (const n of ['1', '2', '3']) repository.commit(`C${n}`, { 'n.txt': n });
    const path = clone('--depth', '1');
    const at = work(path, { 'a.txt': 'a\n' });
    unwrap(await apply(path, at, { method: 'rebase' }));
    expect(repository.read('a.txt', path)).toBe('a\n');
    const input = {
      projectPath: path,
      runId: RUN_ID,
      number: 12,
      title: 'Work',
      base: at.base,
      target: 'main',
    };
    unwrap(await rollBackRun(repository.git, input));
    expect(fs.existsSync(join(path, 'a.txt'))).toBe(false);
  });

  it('says what to do where a shallow clone has lost the common history', async () => {
    const path = clone('--depth', '1');
    const at = work(path, { 'a.txt': 'a\n' });
    for (const n of ['1', '2', '3']) repository.commit(`C${n}`, { 'n.txt': n });
    repository.sh(['fetch', '-q', '--depth', '1', 'origin', 'main'], path);
    repository.sh(['reset', '-q', '--hard', 'FETCH_HEAD'], path);
    const refused = await apply(path, at);
    expect(refused).toMatchObject({ ok: false, error: { tag: 'unrelated_history' } });
    expect(refused.ok ? '' : refused.error.hint).toContain('--unshallow');
  });

  it('says which files a partial clone would have to fetch first, and downloads none', async () => {
    repository.sh(['config', 'uploadpack.allowFilter', 'true']);
    repository.sh(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
    const path = clone('--filter=blob:none');
    const at = work(path, { 'README.md': 'one\ntwo\nthree\nfour\nrun\n' });
    repository.commit('Theirs', { 'README.md': 'ONE\ntwo\nthree\nfour\nfive\n' });
    repository.sh(['fetch', '-q', 'origin'], path);
    repository.sh(['update-ref', 'refs/heads/side', 'origin/main'], path);
    const refused = await apply(path, at, { target: 'side' });
    expect(refused).toMatchObject({ ok: false, error: { tag: 'objects_missing' } });
    repository.sh(['log', '-p', '-1', 'origin/main'], path);
    expect((await apply(path, at, { target: 'side' })).ok).toBe(true);
  });

  it('applies in a sparse checkout what is outside of it too, and leaves the owner’s status clean', async () => {
    repository.commit('Folders', { 'in/a.txt': 'a\n', 'out/b.txt': 'b\n', 'out/c.txt': 'c\n' });
    repository.sh(['sparse-checkout', 'set', '--cone', 'in']);
    const at = work(repository.path, { 'in/a.txt': 'A\n', 'out/b.txt': 'B\n', 'out/new.txt': 'new\n' });
    unwrap(await apply(repository.path, at));
    expect(repository.read('in/a.txt')).toBe('A\n');
    expect(repository.sh(['show', 'main:out/b.txt'])).toBe('B');
    expect(repository.sh(['status', '--porcelain'])).toBe('');
    expect(fs.existsSync(join(repository.path, 'out/c.txt'))).toBe(false);
    repository.sh(['sparse-checkout', 'reapply']);
    expect(repository.sh(['status', '--porcelain'])).toBe('');
  });

  it('waits a moment for another git, then says that the index is locked, and leaves the lock alone', async () => {
    const at = work(repository.path, { 'a.txt': 'a\n' });
    const before = repository.sh(['rev-parse', 'main']);
    const lock = join(repository.path, '.git/index.lock');
    fs.writeFileSync(lock, '');
    expect(await apply(repository.path, at)).toMatchObject({
      ok: false,
      error: { tag: 'repository_locked' },
    });
    expect([fs.existsSync(lock), repository.sh(['rev-parse', 'main'])]).toEqual([true, before]);
    fs.rmSync(lock);
    expect((await apply(repository.path, at)).ok).toBe(true);
  });

  it('finds its own commits again when the owner has rewritten them', async () => {
    const at = work(repository.path, { 'a.txt': 'a\n' });
    unwrap(await apply(repository.path, at, { method: 'squash' }));
    repository.sh(['commit', '-q', '--amend', '--no-edit', '--author', 'Owner Two <two@example.org>']);
    const input = {
      projectPath: repository.path,
      runId: RUN_ID,
      number: 12,
      title: 'Work',
      base: at.base,
      target: 'main',
    };
    unwrap(await rollBackRun(repository.git, input));
    expect(repository.sh(['diff', '--name-only', at.base, 'main'])).toBe('');
  });
});
