import { expect, test } from 'vitest';
import { eventFacts } from './event-facts.ts';

const event = { seq: 1, createdAt: '2026-11-21T12:00:00.000Z' } as const;

test('says a change of state in words', () => {
  const payload = { from: 'running', to: 'blocked', on: 'block', actor: 'owner', reason: '' };
  expect(eventFacts({ ...event, type: 'status_changed', payload })).toEqual([
    ['Before', 'Running'],
    ['Now', 'Needs an answer'],
    ['By', 'you'],
  ]);
});

test('shows what it has no word for rather than hide it', () => {
  const payload = { step: 2, afterMs: 90_000, modelName: 'x', nested: { a: 1 } };
  expect(eventFacts({ ...event, type: 'retry', payload })).toEqual([
    ['Waits for', '1m 30s'],
    ['Model name', 'x'],
  ]);
});
