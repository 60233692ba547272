import { describe, expect, test } from 'vitest';
import { budgetOf, contextFilesOf, emptyWork, retryPolicyOf, workOf, workProblems } from './work-draft.ts';

const work = {
  budget: { steps: 12, durationMs: 5_400_000, tokens: 0, costMicroUsd: 2_500_000 },
  retryPolicy: {
    v: 1 as const,
    count: 3,
    on: ['crashed' as const, 'timeout' as const],
    firstDelayMs: 90_000,
    factor: 1.5,
    mostDelayMs: 7_200_000,
    jitter: 'none' as const,
  },
  priority: 80,
  contextFiles: ['docs/format.md', 'README.md'],
};

describe('what is chosen beside the work', () => {
  test('comes out of the fields as it went in', () => {
    const draft = workOf(work);
    expect([draft.time, draft.cost, draft.tokens]).toEqual(['90 min', '2.5', '']);
    expect(workProblems(draft)).toEqual({});
    expect(budgetOf(draft)).toEqual(work.budget);
    expect(retryPolicyOf(draft)).toEqual(work.retryPolicy);
    expect(contextFilesOf(draft)).toEqual(work.contextFiles);
  });

  test('is as the settings say while nothing is typed', () => {
    expect(workProblems(emptyWork)).toEqual({});
    expect(budgetOf(emptyWork)).toEqual({ tokens: 0, costMicroUsd: 0 });
  });

  test.each([
    ['steps', '201'],
    ['steps', '1.5'],
    ['time', '8 day'],
    ['time', '5 s'],
    ['tokens', '-1'],
    ['cost', '1e3'],
    ['cost', '0'],
    ['priority', ''],
    ['retries', '21'],
    ['contextFiles', 'docs/a.md\n../secret'],
    ['contextFiles', '/etc/passwd'],
  ])('is refused where it stands: %s of %j', (field, value) => {
    expect(Object.keys(workProblems({ ...emptyWork, [field]: value }))).toEqual([field]);
  });

  test('asks for no wait and no endings while nothing is retried', () => {
    const draft = { ...emptyWork, retryOn: '', firstDelay: 'x s', factor: '0' };
    expect(workProblems(draft)).toEqual({});
    expect(Object.keys(workProblems({ ...draft, retries: '1' }))).toEqual([
      'retryOn',
      'firstDelay',
      'factor',
    ]);
  });
});
