import { expect, test } from 'vitest';
import { leapOf, rowRange } from './row-window.ts';

const seen = { first: 48, last: 112 };

test('a step keeps the rows that stay in sight, and a leap hands their elements on to those that come', () => {
  expect(leapOf(seen, { first: 56, last: 120 })).toBe(0);
  expect(leapOf(seen, { first: 16, last: 80 })).toBe(0);
  expect(leapOf(seen, { first: 98, last: 162 })).toBe(50);
  expect(leapOf(seen, { first: 0, last: 64 })).toBe(-48);
});

test('a leap renders what is in sight and no more, and the rows around it come once the reader stays', () => {
  const before = { first: 40, last: 80 };
  const leapt = rowRange(500 * 32, 640, 32, Infinity, before);
  expect(leapt).toEqual({ first: 500, last: 520 });
  expect(rowRange(500 * 32, 640, 32, Infinity)).toEqual({ first: 488, last: 528 });
  // A small step from there is none.
  expect(rowRange(503 * 32, 640, 32, Infinity, leapt)).toEqual({ first: 488, last: 536 });
  expect(rowRange(52 * 32, 640, 32, Infinity, before)).toEqual({ first: 40, last: 80 });
});
