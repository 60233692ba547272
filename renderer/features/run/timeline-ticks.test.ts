import { expect, test } from 'vitest';
import { createAxis } from './timeline-axis.ts';
import { ticksOf } from './timeline-ticks.ts';

const start = Date.parse('2026-11-21T12:00:20.000Z');
const minute = 60_000;

test('marks full minutes of a run of ten minutes, none in folded time, and none on another', () => {
  const axis = createAxis(start, start + 70 * minute, [
    { from: start + 5 * minute, to: start + 65 * minute },
  ]);
  const ticks = ticksOf(axis);
  const [fold] = axis.folds;
  expect(ticks.length).toBeGreaterThan(2);
  expect(ticks.filter(({ at }) => fold && at > fold.from + 1e-9 && at < fold.to - 1e-9)).toEqual([]);
  for (const [index, tick] of ticks.entries())
    expect(tick.at - (ticks[index - 1]?.at ?? -1)).toBeGreaterThanOrEqual(0.12);
});

test('tells seconds where a run was short', () => {
  const labels = ticksOf(createAxis(start, start + 20_000, [])).map(({ label }) => label);
  expect(labels.every((label) => /^\d\d:\d\d:\d\d$/.test(label))).toBe(true);
  expect(labels.length).toBeGreaterThan(1);
});
