import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diffSchema } from '../domain/run/diff.ts';
import { ok, unwrap } from '../shared/result.ts';
import { applyRun } from './apply.ts';
import { readDiff } from './diff.ts';
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

/** A finished run: its commits stand on a branch, and main is checked out again. */
function work(files: Readonly<Record<string, string>>, before: () => void = () => undefined): string {
  repository.sh(['switch', '-qc', 'homer/run-1-x']);
  before();
  const head = repository.commit('Work', files);
  repository.sh(['switch', '-q', 'main']);
  return head;
}
const diff = async (head: string) =>
  diffSchema.parse(
    unwrap(await readDiff(repository.git, { projectPath: repository.path, base, head, target: 'main' })),
  );
const apply = (head: string, method: 'merge' | 'squash' = 'merge', target = 'main') =>
  applyRun(repository.git, {
    projectPath: repository.path,
    runId: RUN_ID,
    number: 12,
    title: 'Change\nthings',
    base,
    head,
    target,
    method,
  });
const tip = (name = 'main'): string => repository.sh(['rev-parse', name]);

describe('the diff of a run', () => {
  it('shows additions, renames, deletions, binaries, modes and strange names', async () => {
    base = repository.commit('Base', { 'old name.txt': 'a\nb\nc\nd\n', 'tool.sh': 'x\n', 'gone.txt': 'x\n' });
    const head = work({ 'Größe\tx ☃.txt': 'one\ntwo\n', 'pic.bin': '\0\u0001' }, () => {
      fs.renameSync(join(repository.path, 'old name.txt'), join(repository.path, 'new name.txt'));
      fs.rmSync(join(repository.path, 'gone.txt'));
      fs.chmodSync(join(repository.path, 'tool.sh'), 0o755);
      fs.rmSync(join(repository.path, 'src/app.ts'));
      fs.symlinkSync('../README.md', join(repository.path, 'src/app.ts'));
      repository.write('README.md', 'one\ntwo\nTHREE\nfour\nfive\n');
    });
    const result = await diff(head);
    const brief = result.files.map(({ path, oldPath, change, additions, deletions, note }) =>
      [change, oldPath, path, additions, deletions, note].join(' | '),
    );
    expect(brief).toEqual(
      [
        'added |  | Größe\tx ☃.txt | 2 | 0 | ',
        'modified |  | README.md | 1 | 1 | ',
        'deleted |  | gone.txt | 0 | 1 | ',
        'renamed | old name.txt | new name.txt | 0 | 0 | ',
        'added |  | pic.bin | 0 | 0 | A binary file.',
        'modified |  | src/app.ts | 1 | 1 | Became a symbolic link.',
        'modified |  | tool.sh | 0 | 0 | Became executable.',
      ].sort((a, b) => ((a.split(' | ')[2] ?? '') < (b.split(' | ')[2] ?? '') ? -1 : 1)),
    );
    const patchOf = (path: string) => result.files.find((file) => file.path === path)?.patch;
    expect(patchOf('README.md')).toContain('-three\n+THREE\n');
    expect(patchOf('src/app.ts')?.match(/^diff --git/gmu)).toHaveLength(2);
    expect(patchOf('tool.sh')).toContain('new mode 100755');
    expect([result.additions, result.deletions]).toEqual([4, 3]);
    expect(result).toMatchObject({ targetAhead: 0, conflicts: [], blockedBy: null });
  });

  it('leaves out what is too large, and still shows the rest', async () => {
    const head = work({
      'lines.txt': 'x\n'.repeat(50_001),
      'long.txt': 'x\n'.repeat(20_000),
      'wide.txt': 'y'.repeat(1_050_000),
      'huge.txt': 'z\n'.repeat(1_500_000),
      'small.txt': 'diff --git a/x b/x\n',
    });
    const { files } = await diff(head);
    expect(files.map(({ path, note, additions }) => [path, note, additions])).toEqual([
      ['huge.txt', 'Too large to compare here.', 1_500_000],
      ['lines.txt', 'Too large to show here.', 50_001],
      ['long.txt', null, 20_000],
      ['small.txt', null, 1],
      ['wide.txt', 'Too large to show here.', 1],
    ]);
    expect(files[3]?.patch).toContain('+diff --git a/x b/x');
  });

  it('tells how far the target went, where it conflicts and what blocks it', async () => {
    const head = work({ 'README.md': 'run\ntwo\nthree\nfour\nfive\n' });
    repository.write('README.md', 'owner\n');
    expect((await diff(head)).blockedBy).toMatch(/Your own uncommitted changes are in the way: README\.md/u);
    repository.commit('Owner', {});
    expect(await diff(head)).toMatchObject({ targetAhead: 1, conflicts: ['README.md'], blockedBy: null });
    fs.writeFileSync(join(repository.path, '.git/MERGE_HEAD'), `${head}\n`);
    expect((await diff(head)).blockedBy).toMatch(/There is a merge in progress/u);
  });
});

describe('applying a run', () => {
  it.each(['merge', 'squash'] as const)(
    'brings it to the checked-out target by %s, as the owner',
    async (method) => {
      const head = work({ 'src/app.ts': 'changed\n', 'neu.txt': 'x\n' });
      repository.write('README.md', 'my own unsaved work\n');
      repository.write('untracked.txt', 'mine');
      const { commit } = unwrap(await apply(head, method));
      expect(tip()).toBe(commit);
      expect(repository.read('src/app.ts')).toBe('changed\n');
      expect(repository.read('README.md')).toBe('my own unsaved work\n');
      expect(
        repository.sh(['log', '-1', '--format=%an|%cn|%s|%(trailers:key=Homer-Run,valueonly)', commit]),
      ).toBe(`Owner|Owner|Change things (run #12)|${RUN_ID}`);
      expect(repository.sh(['log', '-1', '--format=%P']).split(' ')).toEqual(
        method === 'merge' ? [base, head] : [base],
      );
      expect(
        repository
          .sh(['status', '--porcelain'])
          .split('\n')
          .map((line) => line.slice(-13).trim()),
      ).toEqual(['M README.md', 'untracked.txt']);
    },
  );

  it('does it once, however often it is asked', async () => {
    const head = work({ 'src/app.ts': 'changed\n' });
    const first = unwrap(await apply(head));
    const later = repository.commit('Later', { 'later.txt': 'x' });
    expect(await apply(head)).toEqual(ok(first));
    expect(tip()).toBe(later);
  });

  it('is not fooled by the trailer of this run in the agent’s own commit', async () => {
    repository.sh(['switch', '-qc', 'homer/run-1-x']);
    const head = repository.commit(`Fake\n\nHomer-Run: ${RUN_ID}`, { 'src/app.ts': 'changed\n' });
    repository.sh(['switch', '-q', 'main']);
    const { commit } = unwrap(await apply(head));
    expect(commit).not.toBe(head);
  });

  it('moves a branch that is not checked out and leaves the folder alone', async () => {
    const head = work({ 'src/app.ts': 'changed\n' });
    repository.sh(['switch', '-q', '--detach']);
    const { commit } = unwrap(await apply(head));
    expect(tip()).toBe(commit);
    expect(repository.read('src/app.ts')).toBe('export const a = 1;\n');
    expect(repository.sh(['status', '--porcelain'])).toBe('');
  });

  it('changes nothing on a conflict and names the files', async () => {
    const head = work({ 'README.md': 'run\n' });
    const before = repository.commit('Owner', { 'README.md': 'owner\n' });
    expect(await apply(head)).toMatchObject({
      ok: false,
      error: { tag: 'merge_conflict', details: { files: ['README.md'] } },
    });
    expect([tip(), repository.read('README.md'), repository.sh(['status', '--porcelain'])]).toEqual([
      before,
      'owner\n',
      '',
    ]);
  });

  it.each([
    ['a changed file', 'src/app.ts', () => undefined],
    ['a staged file', 'src/app.ts', () => repository.sh(['add', '-A'])],
    ['an untracked file', 'new.txt', () => undefined],
    ['an ignored file', 'ignored/x', () => undefined],
    ['a folder where a file comes', 'new.txt/inner', () => undefined],
    ['a file where a folder comes', 'dir', () => undefined],
  ])('refuses to overwrite %s of the owner', async (_, mine, then) => {
    const head = work({ 'src/app.ts': 'changed\n', 'new.txt': 'x', 'dir/a': 'x' }, () => {
      repository.write('ignored/x', 'theirs');
      repository.sh(['add', '-f', 'ignored/x']);
    });
    repository.write(mine, 'mine');
    then();
    const refused = await apply(head);
    expect(refused).toMatchObject({ ok: false, error: { tag: 'dirty_target' } });
    expect(repository.read(mine)).toBe('mine');
    expect(tip()).toBe(base);
  });

  it('refuses files that need a filter it does not run', async () => {
    base = repository.commit('LFS', { '.gitattributes': '*.bin filter=lfs\n' });
    const head = work({ 'a.bin': 'x' });
    expect(await apply(head)).toMatchObject({
      ok: false,
      error: { tag: 'filtered_files', details: { files: ['a.bin'] } },
    });
  });

  it('refuses a target that another worktree of the owner has checked out', async () => {
    const head = work({ 'a.txt': 'x' });
    repository.sh(['worktree', 'add', '-q', '-b', 'other', join(repository.folder, 'other')]);
    expect(await apply(head, 'merge', 'other')).toMatchObject({
      ok: false,
      error: { tag: 'target_checked_out' },
    });
  });

  it('says that there is nothing to apply', async () => {
    expect(await apply(base)).toMatchObject({ ok: false, error: { tag: 'nothing_to_apply' } });
  });
});
