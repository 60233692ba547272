import { createHistogram } from 'node:perf_hooks';

/** What is timed all the while: ticks, and transactions of the store. */
export const measured = ['tick', 'read', 'write'] as const;
export type Measured = (typeof measured)[number];

/** Figures of one thing since the start, in milliseconds. */
export interface Figures {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly totalMs: number;
}

/** Durations as they come, in a few kilobytes however many there are: the histogram is Node's own, with three significant digits. */
export interface Meter {
  record(what: Measured, ms: number): void;
  figures(what: Measured): Figures;
  /** Figures of what came since they were taken last. */
  take(what: Measured): Figures;
}

const MOST_US = 3_600_000_000;

export function createMeter(): Meter {
  const create = (): Kept => ({
    histogram: createHistogram({ lowest: 1, highest: MOST_US, figures: 3 }),
    totalMs: 0,
  });
  const kept = { tick: create(), read: create(), write: create() } satisfies Record<Measured, unknown>;
  const since = { tick: create(), read: create(), write: create() } satisfies Record<Measured, unknown>;
  return {
    record(what, ms) {
      for (const entry of [kept[what], since[what]]) {
        entry.histogram.record(Math.min(MOST_US, Math.max(1, Math.round(ms * 1_000))));
        entry.totalMs += ms;
      }
    },
    figures: (what) => figuresOf(kept[what]),
    take(what) {
      const entry = since[what];
      const figures = figuresOf(entry);
      entry.histogram.reset();
      entry.totalMs = 0;
      return figures;
    },
  };
}

interface Kept {
  readonly histogram: ReturnType<typeof createHistogram>;
  totalMs: number;
}

function figuresOf({ histogram, totalMs }: Kept): Figures {
  if (histogram.count === 0) return { count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0, totalMs: 0 };
  return {
    count: histogram.count,
    p50Ms: histogram.percentile(50) / 1_000,
    p99Ms: histogram.percentile(99) / 1_000,
    maxMs: histogram.max / 1_000,
    totalMs,
  };
}
