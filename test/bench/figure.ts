/** One line of the benchmark: a value beside a baseline that was measured in the same run. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** Median of Homer. */
  readonly value: number;
  /** Median of what it is compared with, and what that is. */
  readonly baseline: number;
  readonly against: string;
  /** value / baseline; 0 when the baseline is 0. */
  readonly ratio: number;
  readonly n: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** The figure to reach, in words. */
  readonly goal: string;
  readonly met: boolean;
  readonly note?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function figure(input: {
  name: string;
  unit: string;
  values: readonly number[];
  baselines: readonly number[];
  against: string;
  goal: string;
  met: (value: number, baseline: number) => boolean;
  note?: string;
}): Figure {
  const value = median(input.values);
  const baseline = median(input.baselines);
  const round = (number: number): number => Math.round(number * 1_000) / 1_000;
  return {
    name: input.name,
    unit: input.unit,
    value: round(value),
    baseline: round(baseline),
    against: input.against,
    ratio: baseline === 0 ? 0 : round(value / baseline),
    n: input.values.length,
    min: round(Math.min(...input.values)),
    median: round(value),
    max: round(Math.max(...input.values)),
    goal: input.goal,
    met: input.met(value, baseline),
    ...(input.note === undefined ? {} : { note: input.note }),
  };
}
