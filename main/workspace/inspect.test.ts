import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { inspectProject } from './inspect.ts';
import { RUN_ID, beginTurn, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository('mein Projekt ☃');
});
afterEach(() => {
  repository.dispose();
});
const inspect = (path: string, cwd = repository.folder) =>
  inspectProject(repository.git, {
    path,
    cwd,
    home: repository.folder,
    dataFolder: join(repository.folder, 'data'),
  });

describe('inspecting a folder', () => {
  it.each(['mein Projekt ☃', '~/mein Projekt ☃', './mein Projekt ☃/src/..', 'link'])(
    'finds it as %s',
    async (path) => {
      fs.symlinkSync(repository.path, join(repository.folder, 'link'));
      expect(unwrap(await inspect(path))).toEqual({
        path: repository.path,
        name: 'mein Projekt ☃',
        defaultBranch: 'main',
        headCommit: repository.sh(['rev-parse', 'HEAD']),
        dirty: false,
        testCommand: '',
        setupCommand: '',
        warnings: ['No test command was recognised; without one, a run is judged by its path policy alone.'],
      });
    },
  );

  it('warns of what is unusual', async () => {
    repository.commit('x', {
      '.gitattributes': '*.bin filter=lfs\n',
      Makefile: 'test:\n\ttrue\n',
      '.gitmodules': '',
    });
    repository.sh(['switch', '-q', '--detach']);
    repository.write('README.md', 'dirty');
    const found = unwrap(await inspect(join(repository.path, 'src')));
    expect(found).toMatchObject({ dirty: true, testCommand: 'make test', defaultBranch: 'main' });
    expect(found.warnings.join('\n')).toMatch(
      /whole repository[^]*HEAD is detached[^]*One file has uncommitted[^]*submodules[^]*Git LFS/u,
    );
  });

  it('recognises a shallow clone and a worktree of another clone', async () => {
    repository.commit('second', {});
    const clone = join(repository.folder, 'clone');
    repository.sh(['clone', '-q', '--depth=1', `file://${repository.path}`, clone]);
    expect(unwrap(await inspect(clone)).warnings.join()).toMatch(/shallow clone/u);
    repository.sh(['worktree', 'add', '-q', '-b', 'w', join(repository.folder, 'w')]);
    const found = unwrap(await inspect('w'));
    expect(found).toMatchObject({ path: join(repository.folder, 'w'), defaultBranch: 'main' });
    expect(found.warnings.join()).toMatch(/worktree of another clone/u);
  });

  it.each<[string, string, () => string]>([
    ['nothing there', 'path_missing', () => 'nowhere'],
    ['a file', 'not_a_folder', () => join(repository.path, 'README.md')],
    ['no repository', 'not_a_repository', () => 'home'],
    ['the inside of .git', 'not_a_repository', () => join(repository.path, '.git')],
    [
      'a bare repository',
      'bare_repository',
      () => {
        repository.sh(['init', '-q', '--bare', join(repository.folder, 'bare.git')]);
        return 'bare.git';
      },
    ],
    [
      'a repository without commits',
      'no_commits',
      () => {
        repository.sh(['init', '-q', join(repository.folder, 'empty')]);
        return 'empty';
      },
    ],
    [
      'a data folder of Homer',
      'own_folder',
      () => {
        repository.sh(['init', '-q', join(repository.folder, 'data')]);
        return 'data';
      },
    ],
  ])('refuses %s with a sentence and a hint', async (_, tag, make) => {
    const refused = await inspect(make());
    expect(refused).toMatchObject({
      ok: false,
      error: { tag, hint: expect.stringMatching(/\.$/u) as unknown },
    });
  });

  it('refuses a worktree of a run', async () => {
    const { worktree } = await beginTurn(repository);
    expect(worktree.path).toContain(RUN_ID);
    expect(await inspect(worktree.path)).toMatchObject({ ok: false, error: { tag: 'own_folder' } });
  });

  it.each<[Record<string, string>, string, string]>([
    [{ 'package.json': '{"scripts":{"test":"vitest"}}', 'package-lock.json': '{}' }, 'npm test', 'npm ci'],
    [
      { 'package.json': '{"scripts":{"test":"x"}}', 'pnpm-lock.yaml': '' },
      'pnpm test',
      'pnpm install --frozen-lockfile',
    ],
    [
      { 'package.json': '{"scripts":{"test":"x"}}', 'yarn.lock': '' },
      'yarn test',
      'yarn install --frozen-lockfile',
    ],
    [
      { 'package.json': '{"scripts":{"test":"x"}}', 'bun.lock': '' },
      'bun run test',
      'bun install --frozen-lockfile',
    ],
    [{ 'package.json': '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' }, '', ''],
    [{ 'package.json': 'not json' }, '', ''],
    [{ 'Cargo.toml': '' }, 'cargo test', ''],
    [{ 'go.mod': '' }, 'go test ./...', ''],
    [{ 'pyproject.toml': '[tool.pytest.ini_options]', 'uv.lock': '' }, 'uv run pytest', 'uv sync'],
    [{ 'pytest.ini': '' }, 'python3 -m pytest', ''],
    [{ gradlew: '' }, './gradlew test', ''],
    [{ 'pom.xml': '' }, 'mvn --quiet test', ''],
    [{ 'package.json': '{}', Makefile: 'tests:\ntest := 1\n' }, '', ''],
    [{ 'package.json': '{}', 'package-lock.json': '{}', Makefile: 'test: all\n' }, 'make test', 'npm ci'],
  ])('guesses the commands of %o', async (files, testCommand, setupCommand) => {
    repository.commit('x', files);
    expect(unwrap(await inspect(repository.path))).toMatchObject({ testCommand, setupCommand });
  });
});
