import { expect, test } from 'vitest';
import { commonChoices } from './common-choices.ts';
import type { InboxItem } from './inbox-item.ts';

const actions = (...kinds: (InboxItem['kind'] | 'risky plan')[]): string[] =>
  commonChoices(
    kinds.map((kind) => ({ kind: kind === 'risky plan' ? 'plan' : kind, openFirst: kind === 'risky plan' })),
  ).map(({ action }) => action);

test('several are decided together by what each of them allows', () => {
  expect(actions('idea', 'idea')).toEqual(['approve', 'skip']);
  expect(actions('failed', 'planning_failed')).toEqual(['retry']);
  expect(actions('idea', 'failed')).toEqual([]);
});

test('what wants words, a look first, or a permission is never decided in bulk', () => {
  expect(actions('plan', 'plan')).toEqual(['execute']);
  expect(actions('plan', 'risky plan')).toEqual([]);
  expect(actions('permission', 'permission')).toEqual([]);
});
