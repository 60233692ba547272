import { expect, test } from 'vitest';
import { retryWhen } from './retry-words.ts';

const at = '2026-11-21T12:00:00.000Z';
const before = (ms: number): string => retryWhen(at, Date.parse(at) - ms);

test('a waiting retry says how far away it is, in the unit a person would use', () => {
  expect(before(500)).toBe('in 1 s');
  expect(before(89_000)).toBe('in 89 s');
  expect(before(4 * 60_000 + 10_000)).toBe('in 4 min');
  expect(before(3 * 3_600_000)).toBe('in 3 h');
});

test('a retry whose time has come starts now, also when its time cannot be read', () => {
  expect(before(0)).toBe('now');
  expect(before(-60_000)).toBe('now');
  expect(retryWhen('soon', 0)).toBe('now');
});
