import { expect, it } from 'vitest';
import { retryPicks } from './retry-picks.ts';
import type { RunDetail } from './run-types.ts';

const detail = (runType: string, commits: readonly (string | null)[]): RunDetail =>
  ({
    run: { runType, baseCommit: 'base' },
    checkpoints: commits.map((commit, at) => ({
      step: at + 1,
      commit,
      result: 'continue',
      changedPaths: ['a.ts'],
      test: at === 0 ? { exitCode: 1 } : null,
    })),
  }) as unknown as RunDetail;

it('offers every work that was kept, once, the last first, and the start', () => {
  // The second step left nothing new, the fourth nothing at all.
  expect(
    retryPicks(detail('agent', ['one', 'one', 'two', null])).map(({ value, detail: said }) => [value, said]),
  ).toEqual([
    ['3', 'the last · continue · 1 file'],
    ['1', 'tests fail · 1 file'],
    ['start', 'nothing of this attempt is taken over'],
  ]);
});

it('asks nothing where there is only the start', () => {
  expect(retryPicks(detail('agent', [null, 'base']))).toEqual([]);
  expect(retryPicks(detail('workflow', ['one']))).toEqual([]);
});
