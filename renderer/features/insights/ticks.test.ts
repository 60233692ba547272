import { expect, it } from 'vitest';
import type { Unit } from './insight-types.ts';
import { apart, ticksOf } from './ticks.ts';

const units: readonly Unit[] = ['count', 'ms', 'micro_usd', 'share', 'tokens'];

it('begins at nothing, holds the largest value, and has one to four steps of one size, whatever the values', () => {
  for (const unit of units)
    for (let most = unit === 'share' ? 0.01 : 0.02; most < (unit === 'share' ? 1 : 1e13); most *= 1.37) {
      const ticks = ticksOf(most, unit);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9));
      expect(ticks.length, `${unit} ${String(most)}`).toBeGreaterThanOrEqual(2);
      expect(ticks.length, `${unit} ${String(most)}`).toBeLessThanOrEqual(5);
    }
});

it('counts time as clocks do, things in whole ones, and shares up to all of them', () => {
  expect(ticksOf(40 * 60_000, 'ms')).toEqual([0, 15, 30, 45].map((minutes) => minutes * 60_000));
  expect(ticksOf(5, 'count')).toEqual([0, 2, 4, 6]);
  expect(ticksOf(1, 'count')).toEqual([0, 1]);
  expect(ticksOf(0.2, 'share')).toEqual([0, 0.5, 1]);
  expect(ticksOf(0, 'micro_usd')).toEqual([0, 1_000_000]);
});

it('puts names at the ends of lines beside each other, and none beyond the edges', () => {
  expect(apart([40, 42, 43], 11, 12, 126)).toEqual([40, 51, 62]);
  expect(apart([120, 125], 11, 12, 126)).toEqual([115, 126]);
  expect(apart([2], 11, 12, 126)).toEqual([12]);
});
