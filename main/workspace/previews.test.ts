import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import type { LeftOut } from '../domain/run/left-out.ts';
import { applyRun } from './apply.ts';
import { previewApply } from './preview-apply.ts';
import { previewRollBack } from './preview-roll-back.ts';
import { readLines } from './read-lines.ts';
import { RUN_ID, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
let base: string;
let head: string;
beforeEach(() => {
  repository = createTestRepository();
  base = repository.sh(['rev-parse', 'HEAD']);
  repository.sh(['switch', '-qc', 'homer/run-1-x']);
  repository.commit('Step 1', { 'src/app.ts': 'changed\n' });
  head = repository.commit('Step 2', { 'new.txt': 'one\r\ntwo\nthree' });
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
const preview = async (method: 'merge' | 'squash' | 'rebase', files?: LeftOut['files']) =>
  unwrap(
    await previewApply(repository.git, {
      ...target(),
      head,
      method,
      ...(files ? { leftOut: { head, files } } : {}),
    }),
  );

describe('the preview of an apply', () => {
  it('names the commits each way would write, and what of the owner stays as it is', async () => {
    repository.commit('Owner', { 'owner.txt': 'x\n' });
    repository.write('README.md', 'mine, unsaved\n');
    repository.write('untracked.txt', 'mine\n');
    const before = repository.sh(['rev-parse', 'main']);
    expect(await preview('merge')).toEqual({
      target: 'main',
      tip: before,
      targetAhead: 1,
      commits: ['Step 1', 'Step 2', 'Change things (run #12)'],
      commitCount: 3,
      files: 2,
      additions: 4,
      deletions: 1,
      conflicts: [],
      blocked: null,
      uncommitted: 2,
    });
    expect((await preview('squash')).commits).toEqual(['Change things (run #12)']);
    expect((await preview('rebase')).commits).toEqual(['Step 1', 'Step 2']);
    expect(await preview('rebase', [{ path: 'new.txt' }])).toMatchObject({
      commits: ['Part of: Change things (run #12)'],
      files: 1,
      additions: 1,
    });
    expect(repository.sh(['rev-parse', 'main'])).toBe(before);
  });

  it('tells what hinders it, with the files', async () => {
    repository.write('src/app.ts', 'mine, unsaved\n');
    expect((await preview('merge')).blocked).toMatchObject({ tag: 'dirty_target', files: ['src/app.ts'] });
    repository.commit('Owner', {});
    expect(await preview('squash')).toMatchObject({ conflicts: ['src/app.ts'], commits: [] });
    expect(await preview('squash', [{ path: 'src/app.ts' }])).toMatchObject({ conflicts: [], blocked: null });
    expect((await preview('merge', [{ path: 'src/app.ts' }, { path: 'new.txt' }])).blocked?.tag).toBe(
      'nothing_to_apply',
    );
  });
});

describe('the preview of a roll-back', () => {
  const look = async () => unwrap(await previewRollBack(repository.git, target()));

  it('says whether a file of the run was changed since, in a commit or in none', async () => {
    expect(await look()).toMatchObject({ commit: null, files: [] });
    const { commit } = unwrap(await applyRun(repository.git, { ...target(), head, method: 'rebase' }));
    repository.commit('Owner', { 'owner.txt': 'x\n' });
    expect(await look()).toMatchObject({
      commit,
      changedSince: [],
      conflicts: [],
      blocked: null,
      additions: 1,
      deletions: 4,
      files: [
        { path: 'new.txt', change: 'deleted' },
        { path: 'src/app.ts', change: 'modified' },
      ],
    });
    repository.write('new.txt', 'one\ntwo\n');
    expect(await look()).toMatchObject({ changedSince: ['new.txt'], blocked: { tag: 'dirty_target' } });
    repository.commit('Owner', { 'src/app.ts': 'changed, and more\n' });
    const after = await look();
    expect(after.changedSince).toEqual(['new.txt', 'src/app.ts']);
    expect(after.conflicts).toContain('src/app.ts');
  });
});

it('reads lines of a file as the result has it, and names one that it does not hold', async () => {
  const read = (path: string, from: number, to: number) =>
    readLines(repository.git, { projectPath: repository.path, commit: head, path, from, to });
  expect(unwrap(await read('new.txt', 2, 9))).toEqual({ lines: ['two', 'three'], total: 3 });
  expect(unwrap(await read('new.txt', 1, 1)).lines).toEqual(['one']);
  expect(await read('gone.txt', 1, 1)).toMatchObject({ error: { tag: 'not_found' } });
});
