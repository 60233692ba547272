import { afterEach, beforeEach, expect, it } from 'vitest';
import { deleteBranch, listBranches } from './left-branches.ts';
import { createTestRepository, type TestRepository } from './test-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository();
  repository.sh(['branch', 'homer/run-1-done']);
  repository.sh(['branch', 'mine']);
  repository.sh(['checkout', '-q', '-b', 'homer/run-2-open']);
  repository.commit('Half of it', { 'half.txt': 'half\n' });
  repository.sh(['checkout', '-q', 'main']);
});
afterEach(() => {
  repository.dispose();
});

const list = async () => {
  const listed = await listBranches(repository.git, { projectPath: repository.path, defaultBranch: 'main' });
  return listed.ok ? listed.value : [];
};
const remove = async (name: string, more: { unmerged?: boolean; commit?: string } = {}) =>
  deleteBranch(repository.git, {
    projectPath: repository.path,
    defaultBranch: 'main',
    name,
    commit: (await list()).find((branch) => branch.name === name)?.commit ?? 'f'.repeat(40),
    unmerged: false,
    ...more,
  });

it('lists the branches of Homer alone, and tells whose work is nowhere else', async () => {
  expect((await list()).map(({ name, merged, subject }) => [name, merged, subject]).sort()).toEqual([
    ['homer/run-1-done', true, 'First'],
    ['homer/run-2-open', false, 'Half of it'],
  ]);
});

it('deletes what is merged, and what is not only when its owner says so', async () => {
  expect(await remove('homer/run-1-done')).toMatchObject({ ok: true });
  expect(await remove('homer/run-2-open')).toMatchObject({ ok: false, error: { tag: 'unmerged_branch' } });
  expect(await remove('homer/run-2-open', { unmerged: true })).toMatchObject({ ok: true });
  expect(repository.sh(['branch', '--format=%(refname:short)']).split('\n')).toEqual(['main', 'mine']);
});

it('touches no branch that is not its own, has moved, or has a worktree', async () => {
  expect(await remove('mine')).toMatchObject({ error: { tag: 'not_found' } });
  expect(await remove('homer/run-1-done', { commit: 'f'.repeat(40) })).toMatchObject({
    error: { tag: 'ref_moved' },
  });
  repository.sh(['worktree', 'add', '-q', '../aside', 'homer/run-1-done']);
  expect((await list()).find(({ name }) => name === 'homer/run-1-done')?.inUse).toBe(true);
  expect(await remove('homer/run-1-done')).toMatchObject({ error: { tag: 'worktree_in_use' } });
  expect(await list()).toHaveLength(2);
});
