import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok, unwrap } from '../shared/result.ts';
import { defaultPathPolicy } from '../domain/risk/path-policy.ts';
import { changedPaths } from './changed-paths.ts';
import { checkpoint } from './checkpoint.ts';
import { judgeChanges } from './judge-changes.ts';
import { takeMarker } from './take-marker.ts';
import { createWorktree } from './create-worktree.ts';
import { listWorktrees } from './list-worktrees.ts';
import { removeWorktree } from './remove-worktree.ts';
import { withScratchWorktree } from './scratch-worktree.ts';
import { RUN_ID, beginTurn, createTestRepository } from './test-repository.ts';
import type { TestRepository, TestTurn } from './test-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository('a project, ümlaut');
});
afterEach(() => {
  repository.dispose();
});
const create = (extra: { runId?: string; name?: string; base?: string } = {}) =>
  createWorktree(repository.git, {
    projectPath: repository.path,
    runId: RUN_ID,
    number: 7,
    base: 'HEAD',
    ...extra,
  });
const save = async (turn: TestTurn, message = 'Step') =>
  checkpoint(repository.git, {
    projectPath: repository.path,
    runId: RUN_ID,
    branch: turn.worktree.branch,
    base: turn.marker.commit,
    parent: turn.marker.commit,
    message,
    verdict: await turn.verdict(),
  });

describe('creating a worktree', () => {
  it('makes it on a branch of its own and keeps it out of the owner’s status', async () => {
    const worktree = unwrap(await create({ name: 'Fix: Größe & more!' }));
    expect(worktree).toEqual({
      path: join(repository.path, '.workspace/tasks', RUN_ID),
      branch: 'homer/run-7-fix-gro-e-more',
      baseCommit: repository.sh(['rev-parse', 'HEAD']),
    });
    expect(repository.read('src/app.ts', worktree.path)).toBe('export const a = 1;\n');
    expect(repository.sh(['status', '--porcelain'])).toBe('');
    expect(repository.sh(['status', '--porcelain'], worktree.path)).toBe('');
    expect(repository.sh(['worktree', 'list', '--porcelain'])).toContain('locked Homer run #7');
  });

  it('gives the same one when asked again, even when the base has moved', async () => {
    const first = unwrap(await create());
    repository.commit('Later', { 'later.txt': 'x' });
    repository.write('work.txt', 'kept', first.path);
    expect(unwrap(await create())).toEqual(first);
    expect(repository.read('work.txt', first.path)).toBe('kept');
    expect(repository.read('.git/info/exclude').match(/\.workspace/gu)).toHaveLength(1);
  });

  it.each([
    [
      'before the files were checked out',
      (path: string) => fs.rmSync(join(path, 'src'), { recursive: true }),
    ],
    ['with the folder gone', (path: string) => fs.rmSync(path, { recursive: true })],
  ])('makes it anew after a crash %s', async (_, damage) => {
    const first = unwrap(await create());
    fs.rmSync(join(repository.path, '.git/worktrees', RUN_ID, 'homer.json'));
    damage(first.path);
    expect(unwrap(await create())).toEqual(first);
    expect(repository.read('src/app.ts', first.path)).toContain('a = 1');
  });

  it('fills a folder that went missing with the checkpoints of its branch', async () => {
    const turn = await beginTurn(repository);
    repository.write('work.txt', 'done', turn.worktree.path);
    unwrap(await save(turn));
    fs.rmSync(turn.worktree.path, { recursive: true });
    expect(unwrap(await create())).toEqual(turn.worktree);
    expect(repository.read('work.txt', turn.worktree.path)).toBe('done');
  });

  it('takes another branch name when that one is taken', async () => {
    repository.sh(['branch', 'homer/run-7-x']);
    expect(unwrap(await create({ name: 'x' })).branch).toBe('homer/run-7-x-2');
  });

  it.each(['../../evil', 'a/b', '', '.', 'UPPER'])('refuses the run id "%s"', async (runId) => {
    expect(await create({ runId })).toMatchObject(fail('invalid_input', expect.anything() as string));
  });

  it('refuses a workspace folder that is a link to elsewhere', async () => {
    fs.mkdirSync(join(repository.folder, 'elsewhere'));
    fs.symlinkSync(join(repository.folder, 'elsewhere'), join(repository.path, '.workspace'));
    expect(await create()).toMatchObject({ ok: false, error: { tag: 'outside_workspace' } });
    expect(fs.readdirSync(join(repository.folder, 'elsewhere'))).toEqual([]);
  });

  it('refuses files that git knows nothing of', async () => {
    repository.write(`.workspace/tasks/${RUN_ID}/precious`, 'x');
    expect(await create()).toMatchObject({ ok: false, error: { tag: 'worktree_leftover' } });
  });

  it('says which base it does not know', async () => {
    const refused = await create({ base: 'nope' });
    expect(refused).toMatchObject({ ok: false, error: { tag: 'unknown_commit' } });
  });
});

describe('a checkpoint', () => {
  it('commits as Homer what is not ignored, and leaves the worktree clean', async () => {
    const turn = await beginTurn(repository);
    const root = turn.worktree.path;
    repository.write('neu ☃.txt', 'x', root);
    repository.write('debug.log', 'x', root);
    fs.rmSync(join(root, 'src'), { recursive: true });
    repository.write('src', 'now a file', root);
    const { commit } = unwrap(await save(turn, 'Step 1'));
    expect(repository.sh(['log', '-1', '--format=%an <%ae> %cn <%ce> %s %P', commit])).toBe(
      `Homer <homer@localhost> Homer <homer@localhost> Step 1 ${turn.marker.commit}`,
    );
    expect(repository.sh(['ls-tree', '-r', '-z', '--name-only', commit]).split('\0').slice(0, -1)).toEqual([
      '.gitignore',
      'README.md',
      'neu ☃.txt',
      'src',
    ]);
    expect(repository.sh(['rev-parse', turn.worktree.branch])).toBe(commit);
    expect(repository.sh(['status', '--porcelain'], root)).toBe('');
  });

  it('tells what it changed, and what the run has changed since its base', async () => {
    const turn = await beginTurn(repository);
    const { path } = turn.worktree;
    const { commit: base } = turn.marker;
    const next = async (parent: string) => {
      const of = { projectPath: repository.path, runId: RUN_ID };
      const marker = unwrap(await takeMarker(repository.git, { ...of, commit: parent }));
      return async (file?: string, text = '') => {
        if (file !== undefined) repository.write(file, text, path);
        const changes = unwrap(await changedPaths(repository.git, { ...of, marker }));
        const verdict = await judgeChanges(changes, { worktree: path, policy: defaultPathPolicy });
        const { branch } = turn.worktree;
        return unwrap(
          await checkpoint(repository.git, { ...of, branch, base, parent, message: 'S', verdict }),
        );
      };
    };
    const one = { path: 'one.txt', change: 'added', additions: 1, deletions: 0 };
    const two = { path: 'two.txt', change: 'added', additions: 2, deletions: 0 };
    const first = await (await next(base))('one.txt', '1\n');
    expect(first).toMatchObject({ changed: [one], total: [one] });
    const second = await (await next(first.commit))('two.txt', '1\n2\n');
    expect(second).toMatchObject({ changed: [two], total: [one, two] });
    const third = await (await next(second.commit))();
    expect(third).toEqual({ commit: second.commit, changed: [], total: second.total });
  });

  it('is the same head when nothing changed', async () => {
    const turn = await beginTurn(repository);
    expect(await save(turn)).toEqual(ok({ commit: turn.marker.commit, changed: [], total: [] }));
  });

  it('folds the agent’s own commits in, on whatever branch it made them', async () => {
    const turn = await beginTurn(repository);
    const root = turn.worktree.path;
    repository.sh(['switch', '-qc', 'agent-branch'], root);
    repository.write('.env', 'SECRET', root);
    repository.sh(['add', '-f', '.env'], root);
    repository.sh(['commit', '-qm', 'with secret'], root);
    repository.sh(['rm', '-q', '.env'], root);
    repository.write('work.txt', 'x', root);
    repository.sh(['add', '.'], root);
    repository.sh(['commit', '-qm', 'without'], root);
    const { commit } = unwrap(await save(turn));
    expect(repository.sh(['rev-list', '--count', `${turn.marker.commit}..${commit}`])).toBe('1');
    expect(repository.sh(['diff', '--name-only', turn.marker.commit, commit])).toBe('work.txt');
    expect(repository.sh(['branch', '--show-current'], root)).toBe(turn.worktree.branch);
  });

  it('refuses a file that became a link after it was judged', async () => {
    const turn = await beginTurn(repository);
    const file = join(turn.worktree.path, 'new.txt');
    fs.writeFileSync(file, 'x');
    const verdict = await turn.verdict();
    fs.rmSync(file);
    fs.symlinkSync('/etc/passwd', file);
    const { git, path: projectPath } = repository;
    const { branch, baseCommit: parent } = turn.worktree;
    const refused = await checkpoint(git, {
      projectPath,
      runId: RUN_ID,
      branch,
      base: parent,
      parent,
      message: 'x',
      verdict,
    });
    expect(refused).toMatchObject({ ok: false, error: { tag: 'changed_meanwhile' } });
    expect(repository.sh(['rev-parse', branch])).toBe(parent);
  });
});

describe('taking a worktree down', () => {
  const remove = (archive?: string) =>
    removeWorktree(repository.git, {
      projectPath: repository.path,
      runId: RUN_ID,
      deleteBranch: true,
      ...(archive === undefined ? {} : { archive }),
    });

  it('removes it with its branch, also when the agent broke the .git file', async () => {
    const worktree = unwrap(await create());
    fs.writeFileSync(join(worktree.path, '.git'), 'gitdir: /etc\n');
    expect(await remove()).toEqual(ok({ evidence: [] }));
    expect(fs.existsSync(worktree.path)).toBe(false);
    expect(repository.sh(['branch', '--list', 'homer/*'])).toBe('');
    expect(repository.sh(['worktree', 'list']).split('\n')).toHaveLength(1);
    expect(await remove()).toEqual(ok({ evidence: [] }));
  });

  it('follows no link while it deletes', async () => {
    const worktree = unwrap(await create());
    fs.symlinkSync(join(repository.path, 'src'), join(worktree.path, 'debug.log'));
    unwrap(await remove());
    expect(repository.read('src/app.ts')).toContain('a = 1');
  });

  it('keeps uncommitted work unless told where to put it, and then it can be had back', async () => {
    const worktree = unwrap(await create());
    repository.write('work.txt', 'precious\n', worktree.path);
    expect(await remove()).toMatchObject({
      ok: false,
      error: { tag: 'uncommitted_work', details: { files: ['work.txt'] } },
    });
    expect(repository.read('work.txt', worktree.path)).toBe('precious\n');
    const archive = join(repository.folder, 'archive');
    const { evidence } = unwrap(await remove(archive));
    expect(evidence).toHaveLength(3);
    expect(fs.existsSync(worktree.path)).toBe(false);
    repository.sh(['apply', join(archive, `${RUN_ID}.patch`)]);
    expect(repository.read('work.txt')).toBe('precious\n');
    repository.sh(['fetch', '-q', join(archive, `${RUN_ID}.bundle`), `refs/homer/evidence/${RUN_ID}:back`]);
    expect(repository.sh(['show', 'back:work.txt'])).toBe('precious');
  });

  it('lists all there is, and deletes no leftover', async () => {
    const worktree = unwrap(await create());
    repository.write('work.txt', 'x', worktree.path);
    repository.write('.workspace/tasks/stray/file', 'x');
    const listed = unwrap(await listWorktrees(repository.git, repository.path));
    expect(listed).toMatchObject([
      { runId: RUN_ID, kind: 'run', uncommitted: true, branch: worktree.branch },
      { runId: 'stray', kind: 'foreign', uncommitted: null, branch: null },
    ]);
    expect(listed.every(({ sizeBytes }) => sizeBytes > 0)).toBe(true);
    expect(repository.read('.workspace/tasks/stray/file')).toBe('x');
  });
});

describe('a scratch worktree', () => {
  it('is there while it is used and gone afterwards, also after a throw', async () => {
    const input = { projectPath: repository.path };
    let seen = '';
    const value = await withScratchWorktree(repository.git, input, ({ path }) => {
      seen = path;
      return Promise.resolve(ok(repository.read('src/app.ts', path)));
    });
    expect(value).toEqual(ok('export const a = 1;\n'));
    expect(fs.existsSync(seen)).toBe(false);
    const thrown = withScratchWorktree(repository.git, input, () => Promise.reject(new Error('bug')));
    await expect(thrown).rejects.toThrow('bug');
    expect(repository.sh(['worktree', 'list']).split('\n')).toHaveLength(1);
  });
});
