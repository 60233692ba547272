import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

const below = (name: string): string => join(api.repository.folder, name);
const git = (cwd: string, ...args: string[]): void => void api.repository.sh(args, cwd);
/** A repository with one commit at a path. */
const make = (name: string): string => {
  const path = below(name);
  mkdirSync(path, { recursive: true });
  git(path, 'init', '-q');
  writeFileSync(join(path, 'a.txt'), 'one\n');
  git(path, 'add', '-A');
  git(path, 'commit', '-q', '-m', 'First');
  return path;
};

describe('adding a project', () => {
  it.each<[what: string, tag: string, prepare: () => string]>([
    ['a path that is not whole', 'relative_path', () => 'code/parser'],
    ['a folder that is not there', 'path_missing', () => below('gone')],
    [
      'a file',
      'not_a_folder',
      () => {
        writeFileSync(below('file'), '');
        return below('file');
      },
    ],
    [
      'a folder without git',
      'not_a_repository',
      () => {
        mkdirSync(below('plain'));
        return below('plain');
      },
    ],
    [
      'a bare repository',
      'bare_repository',
      () => {
        mkdirSync(below('bare'));
        git(below('bare'), 'init', '-q', '--bare');
        return below('bare');
      },
    ],
    [
      'a repository without commits',
      'no_commits',
      () => {
        mkdirSync(below('new'));
        git(below('new'), 'init', '-q');
        return below('new');
      },
    ],
    ["one of Homer's own folders", 'own_folder', () => make('data/inner')],
  ])('refuses %s with what to do, and keeps nothing', async (_what, tag, prepare) => {
    const path = prepare();
    const reply = await api.call('project.add', { path });
    expect(reply).toMatchObject({ ok: false, error: { tag, hint: expect.stringMatching(/\S/u) } });
    expect([await api.did('project.list', {}), api.events()]).toEqual([[], 0]);
  });

  it('takes a path with spaces, quotes and letters of any kind', async () => {
    const path = make('Tom & "Zoë"’s проект');
    expect(await api.did('project.add', { path })).toMatchObject({
      localPath: path,
      name: 'Tom & "Zoë"’s проект',
    });
  });

  it('warns of a dirty tree but adds it, and watches its TODOs and tests', async () => {
    api.repository.write('README.md', 'changed\n');
    const { warnings, dirty } = await api.did('project.inspect', { path: api.repository.path });
    expect(dirty).toBe(true);
    expect(warnings.join(' ')).toContain('One file has uncommitted changes');
    const { id } = await api.did('project.add', { path: api.repository.path });
    expect((await api.did('source.list', { projectId: id })).map(({ type }) => type).sort()).toEqual([
      'failing_test',
      'todo',
    ]);
  });

  it('refuses the same repository again, by whatever path, and names the project it is', async () => {
    const added = await api.did('project.add', { path: api.repository.path, name: 'First' });
    symlinkSync(api.repository.path, below('link'));
    for (const path of [api.repository.path, join(api.repository.path, 'src'), below('link')])
      expect(await api.call('project.add', { path, name: 'Second' })).toMatchObject({
        ok: false,
        error: {
          tag: 'project_exists',
          message: expect.stringContaining('First'),
          details: { id: added.id },
        },
      });
  });

  it('refuses a name that is taken, in any case, and finds a free one by itself', async () => {
    await api.did('project.add', { path: make('one/app') });
    expect(await api.did('project.add', { path: make('two/app') })).toMatchObject({ name: 'app 2' });
    expect(await api.call('project.add', { path: make('three/app'), name: 'APP' })).toMatchObject({
      ok: false,
      error: { tag: 'project_exists' },
    });
  });

  it('does not touch the repository', async () => {
    const before = execFileSync('git', ['status', '--porcelain', '--ignored'], {
      cwd: api.repository.path,
      encoding: 'utf8',
    });
    await api.did('project.add', { path: api.repository.path });
    const after = execFileSync('git', ['status', '--porcelain', '--ignored'], {
      cwd: api.repository.path,
      encoding: 'utf8',
    });
    expect(after).toBe(before);
  });
});

it('keeps a project that has an unfinished run, and says why', async () => {
  const project = await api.did('project.add', { path: api.repository.path, shellCommand: 'true' });
  await api.did('run.create', { projectId: project.id, query: 'Tidy up.' });
  const removing = { id: project.id, version: project.version };
  expect(await api.call('project.remove', removing)).toMatchObject({
    ok: false,
    error: { tag: 'project_busy' },
  });
  const [run] = (await api.did('run.list', { filter: 'all' })).rows;
  await api.did('project.get', { id: project.id });
  expect(run?.status).toBe('queued');
});

it('refuses a project without a command to test it', async () => {
  const { id } = await api.did('project.add', { path: api.repository.path });
  expect(await api.call('project.checkTests', { id })).toMatchObject({
    ok: false,
    error: { tag: 'no_test_command' },
  });
});

it('gives a project a limit of its own on runs at once, takes it back, and refuses one that is none', async () => {
  const project = await api.did('project.add', { path: api.repository.path, maxRuns: 2 });
  expect(project.maxRuns).toBe(2);
  const changing = { id: project.id, version: project.version };
  expect(await api.call('project.update', { ...changing, settings: { maxRuns: 33 } })).toMatchObject({
    ok: false,
    error: { tag: 'invalid_input' },
  });
  expect((await api.did('project.update', { ...changing, settings: { maxRuns: null } })).maxRuns).toBeNull();
});
