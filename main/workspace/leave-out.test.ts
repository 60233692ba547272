import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LeftOut } from '../domain/run/left-out.ts';
import { unwrap } from '../shared/result.ts';
import { applyRun } from './apply.ts';
import { readDiff } from './diff.ts';
import { hunkRanges } from './keep-hunks.ts';
import { rollBackRun } from './roll-back.ts';
import { RUN_ID, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
let base: string;
let head: string;

const numbered = (from: number, to: number, over: Record<number, string> = {}): string =>
  Array.from(
    { length: to - from + 1 },
    (_, index) => `${over[from + index] ?? String(from + index)}\r\n`,
  ).join('');

beforeEach(() => {
  repository = createTestRepository();
  base = repository.commit('Base', {
    'long.txt': `${numbered(1, 40)}last`,
    'moves.txt': numbered(1, 30),
    'gone.txt': 'was here\n',
  });
  repository.sh(['switch', '-qc', 'homer/run-1-x']);
  repository.commit('Step 1', {
    'long.txt': `${numbered(1, 40, { 2: 'two', 20: 'SECRET', 30: 'thirty\r\nand more' })}end`,
    'new.txt': 'new\n',
  });
  fs.renameSync(join(repository.path, 'moves.txt'), join(repository.path, 'moved.txt'));
  fs.rmSync(join(repository.path, 'gone.txt'));
  repository.write('moved.txt', numbered(1, 30, { 1: 'one', 29: 'x' }));
  head = repository.commit('Step 2', {});
  repository.sh(['switch', '-q', 'main']);
});
afterEach(() => {
  repository.dispose();
});

const target = () => ({
  projectPath: repository.path,
  runId: RUN_ID,
  number: 12,
  title: 'Change things',
  base,
  target: 'main',
});
const apply = (files: LeftOut['files'], more: Partial<Parameters<typeof applyRun>[1]> = {}) =>
  applyRun(repository.git, { ...target(), head, method: 'merge', leftOut: { head, files }, ...more });
async function hunksOf(path: string) {
  const { files } = unwrap(
    await readDiff(repository.git, { projectPath: repository.path, base, head, target: 'main' }),
  );
  return hunkRanges(files.find((file) => file.path === path)?.patch ?? '').map(({ oldStart, newStart }) => ({
    oldStart,
    newStart,
  }));
}

describe('a result with hunks left out', () => {
  it.each(['merge', 'squash', 'rebase'] as const)(
    'comes by %s without them, byte for byte, and without a trace of them in the history',
    async (method) => {
      const [, secret] = await hunksOf('long.txt');
      repository.commit('Owner', { 'README.md': 'changed meanwhile\n' });
      unwrap(await apply([{ path: 'long.txt', hunks: [secret as never] }], { method }));
      expect(repository.read('long.txt')).toBe(
        `${numbered(1, 40, { 2: 'two', 30: 'thirty\r\nand more' })}end`,
      );
      expect([repository.read('new.txt'), fs.existsSync(join(repository.path, 'gone.txt'))]).toEqual([
        'new\n',
        false,
      ]);
      expect(repository.read('moved.txt')).toBe(numbered(1, 30, { 1: 'one', 29: 'x' }));
      expect(repository.sh(['log', '--oneline', '-S', 'SECRET', 'main'])).toBe('');
      expect(repository.sh(['status', '--porcelain'])).toBe('');
      expect(repository.sh(['rev-list', '--count', `${base}..main`])).toBe(method === 'merge' ? '3' : '2');
    },
  );

  it('keeps a rename when a part of it is left out, and the old names of whole files', async () => {
    const hunks = await hunksOf('moved.txt');
    unwrap(
      await apply([{ path: 'moved.txt', hunks: hunks.slice(1) }, { path: 'gone.txt' }, { path: 'new.txt' }]),
    );
    expect(repository.read('moved.txt')).toBe(numbered(1, 30, { 1: 'one' }));
    expect(
      ['moves.txt', 'gone.txt', 'new.txt'].map((path) => fs.existsSync(join(repository.path, path))),
    ).toEqual([false, true, false]);
  });

  it('undoes a rename that is left out as a whole', async () => {
    unwrap(await apply([{ path: 'moved.txt' }]));
    expect(repository.read('moves.txt')).toBe(numbered(1, 30));
    expect(fs.existsSync(join(repository.path, 'moved.txt'))).toBe(false);
  });

  it('applies although what is left out conflicts with the branch', async () => {
    const [, secret] = await hunksOf('long.txt');
    repository.commit('Owner', { 'long.txt': `${numbered(1, 40, { 20: 'mine' })}last` });
    expect(await apply([{ path: 'new.txt' }])).toMatchObject({ error: { tag: 'merge_conflict' } });
    unwrap(await apply([{ path: 'long.txt', hunks: [secret as never] }]));
    expect(repository.read('long.txt')).toContain('mine\r\n');
    expect(repository.read('long.txt')).toContain('two\r\n');
  });

  it('is rolled back, and then applied as a whole', async () => {
    const [, secret] = await hunksOf('long.txt');
    unwrap(await apply([{ path: 'long.txt', hunks: [secret as never] }]));
    unwrap(await rollBackRun(repository.git, target()));
    expect(repository.read('long.txt')).toBe(`${numbered(1, 40)}last`);
    unwrap(await applyRun(repository.git, { ...target(), head, method: 'merge' }));
    expect(repository.read('long.txt')).toContain('SECRET');
    expect(repository.read('new.txt')).toBe('new\n');
  });

  it('refuses what is not in this result, a result that holds nothing any more, and what the policy forbids', async () => {
    const [hunk] = await hunksOf('long.txt');
    const before = repository.sh(['rev-parse', 'main']);
    expect(await apply([{ path: 'long.txt', hunks: [{ oldStart: 7, newStart: 7 }] }])).toMatchObject({
      error: { tag: 'stale_result' },
    });
    expect(await apply([{ path: 'other.txt' }])).toMatchObject({ error: { tag: 'stale_result' } });
    expect(await apply([], { leftOut: { head: base, files: [{ path: 'long.txt' }] } })).toMatchObject({
      error: { tag: 'stale_result' },
    });
    expect(
      await apply(['long.txt', 'new.txt', 'moved.txt', 'gone.txt'].map((path) => ({ path }))),
    ).toMatchObject({ error: { tag: 'nothing_to_apply' } });
    const policy = { allow: [], deny: ['new.txt'] };
    expect(await apply([{ path: 'long.txt', hunks: [hunk as never] }], { policy })).toMatchObject({
      error: { tag: 'policy_violation', details: { files: ['new.txt'] } },
    });
    expect(repository.sh(['rev-parse', 'main'])).toBe(before);
    unwrap(await apply([{ path: 'new.txt' }], { policy }));
  });
});
