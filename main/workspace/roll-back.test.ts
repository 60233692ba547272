import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyStrategy } from '../domain/run/apply-strategy.ts';
import { fail, ok, unwrap } from '../shared/result.ts';
import { applyRun } from './apply.ts';
import { rollBackRun } from './roll-back.ts';
import { RUN_ID, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
let base: string;
beforeEach(() => {
  repository = createTestRepository();
  base = repository.sh(['rev-parse', 'HEAD']);
});
afterEach(() => {
  repository.dispose();
});

/** A finished run of three steps on a branch of its own, with main checked out again. */
function work(
  steps: readonly Readonly<Record<string, string>>[] = [
    { 'src/app.ts': 'export const a = 2;\n' },
    { 'new.txt': 'one\n' },
    { 'new.txt': 'one\ntwo\n' },
  ],
): string {
  repository.sh(['switch', '-qc', `homer/run-1-${String(Math.random()).slice(2)}`, base]);
  let head = base;
  steps.forEach((files, index) => {
    for (const [file, text] of Object.entries(files)) repository.write(file, text);
    repository.sh(['add', '-A']);
    repository.sh([
      '-c',
      'user.name=Homer',
      '-c',
      'user.email=homer@localhost',
      'commit',
      '-qm',
      `Step ${String(index + 1)} of run 1\n\nHomer-Run: someone-else`,
    ]);
    head = repository.sh(['rev-parse', 'HEAD']);
  });
  repository.sh(['switch', '-q', 'main']);
  return head;
}
const run = (): {
  projectPath: string;
  runId: string;
  number: number;
  title: string;
  base: string;
  target: string;
} => ({
  projectPath: repository.path,
  runId: RUN_ID,
  number: 12,
  title: 'Change things',
  base,
  target: 'main',
});
const apply = (head: string, method: ApplyStrategy = 'merge', more: { runId?: string; base?: string } = {}) =>
  applyRun(repository.git, { ...run(), head, method, ...more });
const rollBack = (more: { runId?: string } = {}) => rollBackRun(repository.git, { ...run(), ...more });
const tip = (): string => repository.sh(['rev-parse', 'main']);
const status = (): string => repository.sh(['status', '--porcelain']);
const same = (a: string, b: string): string => repository.sh(['diff', '--name-only', a, b]);
const strategies = ['merge', 'squash', 'rebase'] as const;

describe('applying a run by rebase', () => {
  it('replays its commits on a target that went on, in a line, with their authors and its trailer', async () => {
    const head = work();
    const later = repository.commit('Owner', { 'README.md': 'owner\n' });
    const { commit } = unwrap(await apply(head, 'rebase'));
    expect(tip()).toBe(commit);
    expect(
      repository
        .sh([
          'log',
          '--reverse',
          '--format=%s|%an|%cn|%(trailers:key=Homer-Run,valueonly,separator=;)',
          `${later}..main`,
        ])
        .split('\n'),
    ).toEqual([1, 2, 3].map((n) => `Step ${String(n)} of run 1|Homer|Owner|${RUN_ID}`));
    expect(repository.sh(['rev-list', '--merges', 'main'])).toBe('');
    expect([repository.read('README.md'), repository.read('new.txt'), status()]).toEqual([
      'owner\n',
      'one\ntwo\n',
      '',
    ]);
  });

  it('leaves out a commit that changes nothing any more', async () => {
    const head = work();
    repository.commit('Owner did the first step too', { 'src/app.ts': 'export const a = 2;\n' });
    unwrap(await apply(head, 'rebase'));
    expect(repository.sh(['rev-list', '--count', `${base}..main`])).toBe('3');
  });

  it('names the files of the first commit that does not fit, and changes nothing', async () => {
    const head = work();
    const before = repository.commit('Owner', { 'src/app.ts': 'owner\n' });
    expect(await apply(head, 'rebase')).toMatchObject({
      ok: false,
      error: { tag: 'merge_conflict', details: { files: ['src/app.ts'] } },
    });
    expect([tip(), status()]).toEqual([before, '']);
  });

  it('brings joined work as the one change it made', async () => {
    const first = work([{ 'a.txt': 'a\n' }]);
    const second = work([{ 'b.txt': 'b\n' }]);
    repository.sh(['switch', '-q', '--detach', first]);
    repository.sh(['merge', '-q', '--no-ff', '-m', 'Join', second]);
    const head = repository.sh(['rev-parse', 'HEAD']);
    repository.sh(['switch', '-q', 'main']);
    unwrap(await apply(head, 'rebase'));
    expect(repository.sh(['log', '--format=%s', `${base}..main`]).split('\n')).toEqual([
      'Join',
      'Step 1 of run 1',
    ]);
    expect(same('main', head)).toBe('');
  });
});

describe('looking at the result before the branch moves', () => {
  it('shows the merged files in a scratch folder, and moves nothing when they are refused', async () => {
    const head = work();
    repository.commit('Owner', { 'README.md': 'owner\n' });
    const before = tip();
    const seen: string[] = [];
    const refused = await applyRun(repository.git, {
      ...run(),
      head,
      method: 'squash',
      check: (folder) => {
        seen.push(repository.read('README.md', folder), repository.read('new.txt', folder), folder);
        return Promise.resolve(fail('merged_tests_failed', 'No.'));
      },
    });
    expect(refused).toMatchObject({ ok: false, error: { tag: 'merged_tests_failed' } });
    expect(seen.slice(0, 2)).toEqual(['owner\n', 'one\ntwo\n']);
    expect([tip(), status(), fs.existsSync(seen[2] ?? '')]).toEqual([before, '', false]);
  });

  it('looks again at what is merged with a target that moved meanwhile', async () => {
    const head = work();
    let looks = 0;
    const applied = await applyRun(repository.git, {
      ...run(),
      head,
      method: 'merge',
      check: () => {
        looks += 1;
        if (looks === 1) repository.commit('Owner meanwhile', { 'later.txt': 'x\n' });
        return Promise.resolve(ok(null));
      },
    });
    expect(applied.ok).toBe(true);
    expect([looks, repository.read('later.txt'), repository.read('new.txt')]).toEqual([
      2,
      'x\n',
      'one\ntwo\n',
    ]);
  });
});

describe('rolling an apply back', () => {
  it.each(strategies)('undoes a %s and nothing else after three later commits', async (method) => {
    unwrap(await apply(work(), method));
    for (const n of ['1', '2', '3']) repository.commit(`Later ${n}`, { 'later.txt': `${n}\n`, [`f${n}`]: n });
    repository.write('README.md', 'my own unsaved work\n');
    const { commit } = unwrap(await rollBack());
    expect(tip()).toBe(commit);
    expect(same(base, 'main').split('\n')).toEqual(['f1', 'f2', 'f3', 'later.txt']);
    expect(repository.read('src/app.ts')).toBe('export const a = 1;\n');
    expect(status()).toBe('M README.md');
    expect(
      repository.sh(['log', '-1', '--format=%an|%s|%(trailers:key=Homer-Rolls-Back,valueonly,separator=;)']),
    ).toBe(`Owner|Roll back: Change things (run #12)|${RUN_ID}`);
  });

  it('does it once, however often it is asked', async () => {
    unwrap(await apply(work()));
    const first = unwrap(await rollBack());
    const later = repository.commit('Later', { 'later.txt': 'x' });
    expect(await rollBack()).toEqual(ok(first));
    expect(tip()).toBe(later);
  });

  it.each(strategies)('can be followed by the same work again, after a %s', async (method) => {
    const head = work();
    const first = unwrap(await apply(head, method));
    unwrap(await rollBack());
    const again = unwrap(await apply(head, method));
    expect(again.commit).not.toBe(first.commit);
    expect(same('main', head)).toBe('');
    expect(await apply(head, method)).toEqual(ok(again));
    unwrap(await rollBack());
    expect(same('main', base)).toBe('');
    unwrap(await apply(head, 'squash'));
    expect(same('main', head)).toBe('');
  });

  it('names the files where later work builds on it, and changes nothing', async () => {
    unwrap(await apply(work()));
    const before = repository.commit('Later', { 'new.txt': 'one\nTWO\n' });
    expect(await rollBack()).toMatchObject({
      ok: false,
      error: { tag: 'roll_back_conflict', details: { files: ['new.txt'] } },
    });
    expect([tip(), status()]).toEqual([before, '']);
  });

  it('leaves unsaved work of the owner alone', async () => {
    unwrap(await apply(work()));
    const before = tip();
    repository.write('src/app.ts', 'mine\n');
    expect(await rollBack()).toMatchObject({
      ok: false,
      error: { tag: 'dirty_target', details: { files: ['src/app.ts'] } },
    });
    expect([tip(), repository.read('src/app.ts')]).toEqual([before, 'mine\n']);
  });

  it('refuses what it does not find on the target', async () => {
    work();
    expect(await rollBack()).toMatchObject({ ok: false, error: { tag: 'not_on_target' } });
    unwrap(await apply(work()));
    repository.sh(['revert', '--no-edit', '-m', '1', 'HEAD']);
    expect(await rollBack()).toMatchObject({ ok: false, error: { tag: 'nothing_to_roll_back' } });
  });

  it('undoes one run of two that were applied after each other', async () => {
    const [one, two] = [work([{ 'a.txt': 'a\n' }]), work([{ 'b.txt': 'b\n' }])];
    unwrap(await apply(one, 'rebase'));
    unwrap(await apply(two, 'rebase', { runId: `${RUN_ID.slice(0, -1)}e` }));
    unwrap(await rollBack());
    expect([same(base, 'main'), fs.existsSync(join(repository.path, 'a.txt'))]).toEqual(['b.txt', false]);
  });
});

describe('two at once', () => {
  it.each(strategies)('applies two runs by %s that are asked for together', async (method) => {
    const heads = [work([{ 'a.txt': 'a\n' }]), work([{ 'b.txt': 'b\n' }])];
    const both = await Promise.all(
      heads.map((head, index) => apply(head, method, { runId: RUN_ID.slice(0, -1) + String(index) })),
    );
    expect(both.map((one) => one.ok || one.error)).toEqual([true, true]);
    expect([same(base, 'main').split('\n'), status()]).toEqual([['a.txt', 'b.txt'], '']);
    repository.sh(['fsck', '--no-dangling']);
  });

  it('applies while the owner commits', async () => {
    const head = work();
    const applying = apply(head, 'squash');
    for (let n = 0; n < 20; n += 1) {
      try {
        repository.commit(`Owner ${String(n)}`, { 'README.md': `owner ${String(n)}\n` });
      } catch (error) {
        // The owner's git meets the lock of the apply, as it would meet that of any other git.
        expect(String(error)).toMatch(/lock/u);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    const applied = await applying;
    if (!applied.ok) expect(applied.error.tag).toMatch(/^(?:target_moved|repository_locked|dirty_target)$/u);
    unwrap(await apply(head, 'squash'));
    expect([repository.read('new.txt'), status()]).toEqual(['one\ntwo\n', '']);
    repository.sh(['fsck', '--no-dangling']);
  });
});
