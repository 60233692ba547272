import { afterEach, expect, test } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { checkpoint } from './checkpoint.ts';
import { openRepository } from './repository.ts';
import { beginTurn, createTestRepository, RUN_ID, type TestRepository } from './test-repository.ts';
import { runPlace } from './workspace-paths.ts';

let repository: TestRepository;
afterEach(() => {
  repository.dispose();
});

test('a checkpoint that was cut off after staging is made anew from the files as they are now', async () => {
  repository = createTestRepository();
  const { git, path: projectPath } = repository;
  const turn = await beginTurn(repository);
  const { path, branch, baseCommit } = turn.worktree;
  repository.write('README.md', 'half\n', path);
  const run = unwrap(await runPlace(unwrap(await openRepository(git, projectPath)), RUN_ID));
  unwrap(await git.run({ ...run.place, index: run.ownIndex }, ['update-index', '--add', '--', 'README.md']));
  repository.write('README.md', 'whole\n', path);
  const verdict = await turn.verdict();
  expect(verdict.paths.map((entry) => entry.path)).toEqual(['README.md']);
  const { commit } = unwrap(
    await checkpoint(git, {
      projectPath,
      runId: RUN_ID,
      branch,
      base: baseCommit,
      parent: baseCommit,
      message: 'Step 1',
      verdict,
    }),
  );
  expect(repository.sh(['show', `${commit}:README.md`])).toBe('whole');
  expect(repository.read('README.md', path)).toBe('whole\n');
});
