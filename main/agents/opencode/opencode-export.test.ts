import { expect, it } from 'vitest';
import { usedInExport } from './opencode-export.ts';

const message = (created: number, role: string, cost: number) => ({
  info: {
    role,
    cost,
    time: { created },
    tokens: { input: 800, output: 50, reasoning: 7, cache: { read: 200, write: 3 } },
  },
});

it('sums the model calls of a turn, without those before it, and knows no cost of 0', () => {
  const messages = [
    message(1, 'assistant', 1),
    message(5, 'user', 1),
    message(6, 'assistant', 0.00107),
    message(7, 'assistant', 0),
  ];
  expect(usedInExport(JSON.stringify({ messages }), 5)).toEqual({
    tokensIn: 1_606,
    tokensOut: 114,
    tokensCached: 400,
    tokensCacheWrite: 6,
    tokensReasoning: 14,
    costMicroUsd: 1_070,
    calls: 2,
  });
  expect(
    usedInExport(JSON.stringify({ messages: [message(6, 'assistant', 0)] }), 5)?.costMicroUsd,
  ).toBeNull();
});

it.each(['', 'Session not found', '[1]', '{"messages":'])('reads nothing out of “%s”', (text) => {
  expect(usedInExport(text, 0)).toBeNull();
});
