import { timeOfDay } from './clock-words.ts';
import type { TimelineAxis } from './timeline-axis.ts';

export interface Tick {
  /** Share of the width. */
  readonly at: number;
  readonly label: string;
}

const second = 1_000;
const minute = 60_000;
const hour = 3_600_000;
/** Distances that people count in. */
const steps = [
  second,
  5 * second,
  10 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
];
/** As many as there is room for, and no two closer than this, nor the last this close to the end: shares of the width. */
const most = 6;
const apart = 0.12;

/** Full times along the axis. Folded time has none: it takes no room there. */
export function ticksOf(axis: TimelineAxis): Tick[] {
  const folded = axis.folds.reduce((sum, fold) => sum + fold.ms, 0);
  const worked = Math.max(1, axis.end - axis.start - folded);
  const step = steps.find((each) => worked / each <= most) ?? 24 * hour;
  const ticks: Tick[] = [];
  const add = (from: number, to: number): void => {
    for (let moment = Math.ceil(from / step) * step; moment < to; moment += step) {
      const at = axis.at(moment);
      if (at - (ticks.at(-1)?.at ?? -1) >= apart && at <= 1 - apart)
        ticks.push({ at, label: timeOfDay(moment, step < minute) });
    }
  };
  let from = axis.start;
  for (const fold of axis.folds) {
    add(from, axis.momentAt(fold.from));
    from = axis.momentAt(fold.to);
  }
  add(from, axis.end);
  return ticks;
}
