import { expect, test } from 'vitest';
import { leapOf } from './row-window.ts';

const seen = { first: 48, last: 112 };

test('a step keeps the rows that stay in sight, and a leap hands their elements on to those that come', () => {
  expect(leapOf(seen, { first: 56, last: 120 })).toBe(0);
  expect(leapOf(seen, { first: 16, last: 80 })).toBe(0);
  expect(leapOf(seen, { first: 98, last: 162 })).toBe(50);
  expect(leapOf(seen, { first: 0, last: 64 })).toBe(-48);
});
