import type { Entry, EntryKind } from './timeline-entry.ts';
import type { TimelineAxis } from './timeline-axis.ts';
import type { Timeline } from './timeline-model.ts';

/** A run at a glance: how much happened along its time, what failed, and where its checkpoints are. */
export interface Minimap {
  /** How busy each stretch of the width was, from 0 to 1. */
  readonly bars: readonly number[];
  /** Stretches in which something failed, by their index. */
  readonly failed: readonly number[];
  /** Shares of the width. */
  readonly checkpoints: readonly number[];
}

/** What goes on for a while and is work by itself, even when nothing is written meanwhile. */
const busy: ReadonlySet<EntryKind> = new Set(['process', 'test', 'setup', 'tool']);
/** A stretch in which something went on is never drawn lower, so that a long quiet test is no hole. */
const floor = 0.22;

/** What of a timeline a minimap draws, wherever its axis ends: gathered once, so that a second that passes costs little. */
export interface MinimapMoments {
  /** When something happened; milliseconds since 1970, in order. */
  readonly counted: Float64Array;
  /** What went on for a while; `until` is null while it does. */
  readonly works: readonly { readonly from: number; readonly until: number | null }[];
  readonly failed: readonly number[];
  readonly checkpoints: readonly number[];
}

/** What is shorter is told by its beginning alone, in milliseconds. */
const shortest = 1_000;

export function momentsOf(timeline: Timeline): MinimapMoments {
  const counted: number[] = [];
  const works: { from: number; until: number | null }[] = [];
  const failed: number[] = [];
  const checkpoints: number[] = [];
  const take = (entry: Entry): void => {
    if (entry.kind === 'gap' || entry.kind === 'missing') return;
    if (entry.kind === 'fold') {
      for (const item of entry.items) take(item);
      return;
    }
    counted.push(entry.at);
    if (busy.has(entry.kind)) {
      const until = entry.open ? null : (entry.until ?? entry.at);
      if (until === null || until - entry.at >= shortest) works.push({ from: entry.at, until });
    }
    if (entry.failed) failed.push(entry.until ?? entry.at);
    if (entry.kind === 'checkpoint') checkpoints.push(entry.at);
  };
  for (const { entry, children } of timeline.slots) {
    take(entry);
    for (const child of children ?? []) take(child.entry);
  }
  return { counted: Float64Array.from(counted).sort(), works, failed, checkpoints };
}

export function minimapOf(moments: MinimapMoments, axis: TimelineAxis, stretches: number): Minimap {
  const stretchAt = (moment: number): number =>
    Math.min(stretches - 1, Math.floor(axis.at(moment) * stretches));
  const counts = countIn(moments.counted, stretches, stretchAt);
  const works = new Uint8Array(stretches);
  for (const { from, until } of moments.works)
    works.fill(1, stretchAt(from), stretchAt(until ?? axis.end) + 1);
  const most = Math.log1p(Math.max(1, ...counts));
  const quiet = new Uint8Array(stretches);
  for (const fold of axis.folds)
    quiet.fill(1, Math.ceil(fold.from * stretches), Math.floor(fold.to * stretches));
  return {
    bars: Array.from(counts, (count, index) => {
      if (quiet[index]) return 0;
      if (count === 0) return works[index] ? floor : 0;
      return floor + (1 - floor) * (Math.log1p(count) / most);
    }),
    failed: [...new Set(moments.failed.map(stretchAt))].toSorted((a, b) => a - b),
    checkpoints: moments.checkpoints.map((moment) => axis.at(moment)),
  };
}

/** How many moments are in each stretch: they are in order, so the end of each is found by halving. */
function countIn(
  moments: Float64Array,
  stretches: number,
  stretchAt: (moment: number) => number,
): Float64Array {
  const counts = new Float64Array(stretches);
  let passed = 0;
  for (let stretch = 0; stretch < stretches && passed < moments.length; stretch += 1) {
    let low = passed;
    let high = moments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (stretchAt(moments[middle] ?? 0) <= stretch) low = middle + 1;
      else high = middle;
    }
    counts[stretch] = low - passed;
    passed = low;
  }
  return counts;
}
