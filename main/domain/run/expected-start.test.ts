import { expect, it } from 'vitest';
import { expectedStart } from './expected-start.ts';

const minute = 60_000;
const now = 1_000 * minute;
const base = { now, places: 2, typicalMs: 10 * minute };
const inMinutes = (start: number): number => (start - now) / minute;

it('starts at once where a place is free', () => {
  expect(expectedStart({ ...base, workingSince: [now - minute], ahead: 0 })).toBe(now);
});

it('starts when the first of the runs at work ends', () => {
  const workingSince = [now - 7 * minute, now - 4 * minute];
  expect(inMinutes(expectedStart({ ...base, workingSince, ahead: 0 }))).toBe(3);
});

it('lets those ahead go first, each for as long as a run takes', () => {
  const workingSince = [now - 7 * minute, now - 4 * minute];
  expect([1, 2, 3].map((ahead) => inMinutes(expectedStart({ ...base, workingSince, ahead })))).toEqual([
    6, 13, 16,
  ]);
});

it('gives a run that is late some more time, and makes no room while more work than may', () => {
  expect(
    inMinutes(expectedStart({ ...base, workingSince: [now - 60 * minute, now - 60 * minute], ahead: 0 })),
  ).toBe(2.5);
  const workingSince = [now - 9 * minute, now - 8 * minute, now - 4 * minute];
  expect(inMinutes(expectedStart({ ...base, workingSince, ahead: 0 }))).toBe(2);
});
