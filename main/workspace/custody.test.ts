import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok, unwrap } from '../shared/result.ts';
import { dropArchive, listArchives, restoreArchive } from './archives.ts';
import { createWorktree } from './create-worktree.ts';
import { dropKeptCommits } from './drop-kept-commits.ts';
import { keepCommits } from './keep-commits.ts';
import { listWorktrees } from './list-worktrees.ts';
import { removeLeftover } from './remove-leftover.ts';
import { removeWorktree } from './remove-worktree.ts';
import { withScratchWorktree } from './scratch-worktree.ts';
import { RUN_ID, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
let archive: string;
let outside: string;
beforeEach(() => {
  repository = createTestRepository();
  archive = join(repository.folder, 'archive');
  outside = join(repository.folder, 'outside');
  repository.write('precious.txt', 'precious\n', outside);
});
afterEach(() => {
  repository.dispose();
});

const tasks = (): string => join(repository.path, '.workspace', 'tasks');
const make = async (runId = RUN_ID) =>
  unwrap(
    await createWorktree(repository.git, { projectPath: repository.path, runId, number: 7, base: 'HEAD' }),
  );
const leftover = (runId = RUN_ID) =>
  removeLeftover(repository.git, { projectPath: repository.path, runId, archive });
const list = async () => unwrap(await listWorktrees(repository.git, repository.path));
const refused = (tag: string) => ({ ok: false, error: { tag } });

describe('what the custodian refuses', () => {
  it.each(['../../outside', '..', '.', '/etc', 'a/../../../outside', 'A'])('the name "%s"', async (runId) => {
    expect(await leftover(runId)).toMatchObject(refused('invalid_input'));
    expect(repository.read('precious.txt', outside)).toBe('precious\n');
  });

  it('a link planted in place of a worktree', async () => {
    await make();
    fs.rmSync(join(tasks(), RUN_ID), { recursive: true });
    fs.symlinkSync(outside, join(tasks(), RUN_ID));
    expect(await leftover()).toMatchObject(refused('outside_workspace'));
    expect(await list()).toMatchObject([{ runId: RUN_ID, kind: 'foreign' }]);
    expect(repository.read('precious.txt', outside)).toBe('precious\n');
  });

  it.each(['.workspace', '.workspace/tasks'])('a link planted in place of %s', async (folder) => {
    await make();
    const path = join(repository.path, folder);
    fs.renameSync(path, join(repository.folder, 'moved'));
    fs.mkdirSync(join(outside, 'tasks', RUN_ID), { recursive: true });
    fs.symlinkSync(folder === '.workspace' ? outside : join(outside, 'tasks'), path);
    expect(await leftover()).toMatchObject(refused('outside_workspace'));
    expect(fs.existsSync(join(outside, 'tasks', RUN_ID))).toBe(true);
  });

  it('a registration that names another folder', async () => {
    const worktree = await make();
    fs.writeFileSync(join(repository.path, '.git/worktrees', RUN_ID, 'gitdir'), `${outside}/.git\n`);
    expect(await leftover()).toMatchObject(refused('foreign_worktree'));
    const removed = await removeWorktree(repository.git, {
      projectPath: repository.path,
      runId: RUN_ID,
      deleteBranch: true,
      archive,
    });
    expect(removed).toMatchObject(refused('foreign_worktree'));
    expect([fs.existsSync(worktree.path), fs.existsSync(join(outside, 'precious.txt'))]).toEqual([
      true,
      true,
    ]);
  });

  it('a worktree of the owner, a folder of theirs, and one whose record an agent took away', async () => {
    fs.mkdirSync(tasks(), { recursive: true });
    repository.sh(['worktree', 'add', '-q', '-b', 'mine', join(tasks(), 'mine')]);
    repository.write('notes.txt', 'x', join(tasks(), 'notes'));
    const worktree = await make();
    const gitDir = join(repository.path, '.git/worktrees', RUN_ID);
    fs.writeFileSync(join(gitDir, 'homer-before.json'), '{}');
    fs.rmSync(join(gitDir, 'homer.json'));
    for (const runId of ['mine', 'notes', RUN_ID])
      expect(await leftover(runId)).toMatchObject(refused('foreign_worktree'));
    expect((await list()).map(({ kind }) => kind)).toEqual(['foreign', 'foreign', 'foreign']);
    expect(fs.existsSync(worktree.path)).toBe(true);
  });

  it('a repository inside of a worktree, whose commits no archive would hold', async () => {
    const worktree = await make();
    repository.sh(['init', '-q', join(worktree.path, 'inner')]);
    repository.write('inner/a.txt', 'a', worktree.path);
    expect(await leftover()).toMatchObject(refused('uncommitted_work'));
    expect(fs.existsSync(join(worktree.path, 'inner/a.txt'))).toBe(true);
  });

  it('a scratch worktree that is in use, but not one whose host is gone', async () => {
    const input = { projectPath: repository.path };
    await withScratchWorktree(repository.git, input, async ({ path }) => {
      const [entry] = await list();
      expect(entry).toMatchObject({ kind: 'scratch', inUse: true });
      const name = entry?.runId ?? '';
      expect(await leftover(name)).toMatchObject(refused('worktree_in_use'));
      fs.writeFileSync(join(repository.path, '.git/worktrees', name, 'locked'), 'Homer scratch 999999999');
      expect(await leftover(name)).toEqual(ok({ evidence: [] }));
      expect(fs.existsSync(path)).toBe(false);
      return ok(null);
    });
  });

  it('to follow a link inside of what it removes', async () => {
    const worktree = await make();
    fs.symlinkSync(outside, join(worktree.path, 'debug.log'));
    unwrap(await leftover());
    expect(repository.read('precious.txt', outside)).toBe('precious\n');
  });
});

describe('an archive', () => {
  const archived = async (): Promise<void> => {
    const worktree = await make();
    repository.write('work ☃.txt', 'precious\n', worktree.path);
    repository.write('node.log', 'ignored', worktree.path);
    unwrap(await leftover());
    expect(fs.existsSync(worktree.path)).toBe(false);
  };

  it('is listed with its size, and comes back as a branch without a file being touched', async () => {
    await archived();
    const [entry] = await listArchives(archive);
    expect(entry).toMatchObject({ runId: RUN_ID, note: { files: 1, projectPath: repository.path } });
    expect(entry?.sizeBytes).toBeGreaterThan(100);
    const input = { projectPath: repository.path, folder: archive, runId: RUN_ID };
    const restored = unwrap(await restoreArchive(repository.git, { ...input, branch: 'rescued' }));
    expect(repository.sh(['rev-parse', 'rescued'])).toBe(restored.commit);
    expect(repository.sh(['-c', 'core.quotePath=false', 'diff', '--name-only', 'main', 'rescued'])).toBe(
      'work ☃.txt',
    );
    expect(repository.sh(['status', '--porcelain'])).toBe('');
    expect(await restoreArchive(repository.git, { ...input, branch: 'rescued' })).toMatchObject(
      refused('branch_exists'),
    );
    for (const branch of ['-d', 'a..b', 'x y'])
      expect(await restoreArchive(repository.git, { ...input, branch })).toMatchObject(
        refused('invalid_input'),
      );
    await dropArchive(archive, RUN_ID);
    expect([await listArchives(archive), fs.readdirSync(archive)]).toEqual([[], []]);
  });

  it('that is damaged is not restored from', async () => {
    await archived();
    const bundle = join(archive, `${RUN_ID}.bundle`);
    fs.truncateSync(bundle, fs.statSync(bundle).size - 20);
    const input = { projectPath: repository.path, folder: archive, runId: RUN_ID, branch: 'rescued' };
    expect((await restoreArchive(repository.git, input)).ok).toBe(false);
    expect(repository.sh(['branch', '--list', 'rescued'])).toBe('');
  });

  it('that cannot be written keeps the worktree', async () => {
    const worktree = await make();
    repository.write('work.txt', 'precious\n', worktree.path);
    fs.writeFileSync(archive, 'a file where the folder should be');
    await expect(leftover()).rejects.toThrow();
    expect(repository.read('work.txt', worktree.path)).toBe('precious\n');
  });
});

it('lets go of the commits of the runs it is told, and of no others', async () => {
  const { git, path: projectPath } = repository;
  const head = repository.sh(['rev-parse', 'HEAD']);
  for (const runId of ['a1', 'b2']) unwrap(await keepCommits(git, { projectPath, runId, head }));
  expect(await dropKeptCommits(git, { projectPath, runIds: ['a1', 'none', '../heads/main'] })).toEqual(ok(1));
  expect(repository.sh(['for-each-ref', '--format=%(refname)', 'refs/homer', 'refs/heads'])).toBe(
    'refs/heads/main\nrefs/homer/runs/b2',
  );
});
