import type { Forecast } from './night-plan.ts';

/** What one attempt at a piece of work used. */
export interface PastUse {
  readonly executor: string;
  readonly projectId: string;
  readonly intentId: string;
  readonly tokens: number;
  readonly requests: number;
  readonly costMicroUsd: number | null;
  readonly durationMs: number;
}

export type Forecaster = (work: Pick<PastUse, 'executor' | 'projectId' | 'intentId'>) => Forecast;

interface Spread {
  readonly mean: number;
  readonly variance: number;
}

const FIGURES = ['tokens', 'requests', 'durationMs'] as const;
/** Of work like which nothing ran before: a middling run of an agent on code, and that it may be three times as much or a third. */
const PRIOR: Readonly<Record<(typeof FIGURES)[number], Spread>> = {
  tokens: { mean: Math.log(200_000), variance: Math.log(3) ** 2 },
  requests: { mean: Math.log(20), variance: Math.log(3) ** 2 },
  durationMs: { mean: Math.log(480_000), variance: Math.log(3) ** 2 },
};
/** How many runs the next looser knowledge weighs as much as. */
const WEIGHT = 2;
/** Standard deviations that eight of ten lie within. */
const EIGHT_OF_TEN = 1.2816;

/**
 * Forecasts what work will use from what ran before. Use is spread by factors rather than sums, so that it is looked at by its logarithm. What is known
 * of the executor is corrected by what is known of the project, and that by runs of the same work, each the more the more runs there are; what
 * remains uncertain is told as a range.
 */
export function createForecaster(past: readonly PastUse[]): Forecaster {
  const executors = Map.groupBy(past, (use) => use.executor);
  const projects = Map.groupBy(past, (use) => key(use.executor, use.projectId));
  const intents = Map.groupBy(past, (use) => key(use.executor, use.intentId));
  const known = new Map<string, Forecast>();

  return (work) => {
    const id = key(work.executor, work.projectId, work.intentId);
    const found = known.get(id);
    if (found) return found;
    const levels = [
      { basis: 'executor' as const, uses: executors.get(work.executor) ?? [] },
      { basis: 'project' as const, uses: projects.get(key(work.executor, work.projectId)) ?? [] },
      { basis: 'intent' as const, uses: intents.get(key(work.executor, work.intentId)) ?? [] },
    ];
    const closest = levels.findLast(({ uses }) => uses.length > 0);
    const rangeOf = (prior: Spread, figure: (use: PastUse) => number | null) =>
      range(
        levels.reduce<Known>(
          (loose, { uses }) =>
            correct(
              loose,
              uses.flatMap((use) => figure(use) ?? []),
            ),
          { ...prior, runs: 0 },
        ),
      );
    const costs = levels[0]?.uses.flatMap(({ costMicroUsd }) => costMicroUsd ?? []) ?? [];
    const forecast: Forecast = {
      basis: closest?.basis ?? 'prior',
      runs: closest?.uses.length ?? 0,
      tokens: rangeOf(PRIOR.tokens, (use) => use.tokens),
      requests: rangeOf(PRIOR.requests, (use) => use.requests),
      durationMs: rangeOf(PRIOR.durationMs, (use) => use.durationMs),
      // Nothing is known beforehand of what anything costs.
      costMicroUsd: costs.length === 0 ? null : rangeOf(spreadOf(costs), ({ costMicroUsd }) => costMicroUsd),
    };
    known.set(id, forecast);
    return forecast;
  };
}

type Known = Spread & { readonly runs: number };

function correct(loose: Known, uses: readonly number[]): Known {
  if (uses.length === 0) return loose;
  const logs = uses.map(log);
  const mean = (WEIGHT * loose.mean + sum(logs)) / (WEIGHT + logs.length);
  const variance =
    (WEIGHT * loose.variance + sum(logs.map((it) => (it - mean) ** 2))) / (WEIGHT + logs.length);
  return { mean, variance, runs: logs.length };
}

function range({ mean, variance, runs }: Known): { low: number; likely: number; high: number } {
  const width = EIGHT_OF_TEN * Math.sqrt(variance * (1 + 1 / (WEIGHT + runs)));
  const whole = (it: number): number => Math.round(Math.exp(it));
  return { low: whole(mean - width), likely: whole(mean), high: whole(mean + width) };
}

function spreadOf(uses: readonly number[]): Spread {
  const logs = uses.map(log);
  const mean = sum(logs) / logs.length;
  return { mean, variance: Math.log(3) ** 2 };
}

function log(figure: number): number {
  return Math.log(Math.max(1, figure));
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}

function key(...parts: readonly string[]): string {
  return parts.join('\n');
}
