import type { Unit } from './insight-types.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Steps a clock is divided by; decimal ones would print as "1h 23m". */
const clockSteps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((each) => each * second),
  ...[1, 2, 5, 10, 15, 30].map((each) => each * minute),
  ...[1, 2, 3, 6, 12].map((each) => each * hour),
  ...[1, 2, 5, 10, 20, 50, 100].map((each) => each * day),
];

/**
 * Where an axis from 0 has its lines, so that `most` fits below the last one: two to four steps of a size that people count in, such as 15 minutes,
 * 2 runs or 0.05 dollars. A share always goes to 1, so that charts of shares can be compared.
 */
export function ticksOf(most: number, unit: Unit): number[] {
  if (unit === 'share') return [0, 0.5, 1];
  const step = stepOf(most, unit);
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

function stepOf(most: number, unit: Unit): number {
  if (!(most > 0)) return unit === 'ms' ? second : unit === 'micro_usd' ? 1_000_000 : 1;
  const wanted = most / 3;
  if (unit === 'ms' && wanted > 0.5)
    return clockSteps.find((step) => step >= wanted) ?? Math.ceil(wanted / (100 * day)) * 100 * day;
  const whole = unit === 'count' || unit === 'tokens';
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step =
    [1, 2, 5, 10].map((each) => each * power).find((each) => each >= wanted * (1 - 1e-9)) ?? power * 10;
  return whole ? Math.max(1, step) : step;
}

/** Places from top to bottom that are `least` apart, each as near to what was wanted as those above and the edges let it. `wanted` is in order. */
export function apart(wanted: readonly number[], least: number, from: number, to: number): number[] {
  const places: number[] = [];
  for (const at of wanted) places.push(Math.max(at, from, (places.at(-1) ?? -Infinity) + least));
  let limit = to;
  return places
    .toReversed()
    .map((at) => {
      const place = Math.min(at, limit);
      limit = place - least;
      return place;
    })
    .toReversed();
}
