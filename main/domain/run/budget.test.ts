import { expect, it } from 'vitest';
import { budgetSpent, type Budget } from './budget.ts';

const budget: Budget = { steps: 3, durationMs: 60_000, tokens: 1_000, costMicroUsd: 500 };
const nothing = { steps: 0, durationMs: 0, tokens: 0, costMicroUsd: 0 };

it('holds while every figure is below its limit', () => {
  expect(
    budgetSpent(budget, { steps: 2, durationMs: 59_999, tokens: 999, costMicroUsd: 499 }),
  ).toBeUndefined();
});

it.each(['steps', 'durationMs', 'tokens', 'costMicroUsd'] as const)(
  'names %s when its limit is reached',
  (figure) => {
    const limit = budget[figure];
    expect(budgetSpent(budget, { ...nothing, [figure]: limit })).toEqual({ figure, limit, used: limit });
  },
);

it('names the time first when several are spent', () => {
  expect(
    budgetSpent(budget, { steps: 9, durationMs: 90_000, tokens: 9_000, costMicroUsd: 900 })?.figure,
  ).toBe('durationMs');
});

it('has no limit of tokens or cost at zero', () => {
  const free = { ...budget, tokens: 0, costMicroUsd: 0 };
  expect(budgetSpent(free, { ...nothing, tokens: 1e9, costMicroUsd: 1e9 })).toBeUndefined();
});
