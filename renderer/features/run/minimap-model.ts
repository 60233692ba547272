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

export function minimapOf(timeline: Timeline, axis: TimelineAxis, stretches: number): Minimap {
  const counts = new Float64Array(stretches);
  const works = new Uint8Array(stretches);
  const failed = new Set<number>();
  const checkpoints: number[] = [];
  const stretchAt = (moment: number): number =>
    Math.min(stretches - 1, Math.floor(axis.at(moment) * stretches));
  const take = (entry: Entry): void => {
    if (entry.kind === 'gap' || entry.kind === 'missing') return;
    if (entry.kind === 'fold') {
      for (const item of entry.items) take(item);
      return;
    }
    const at = stretchAt(entry.at);
    counts[at] = (counts[at] ?? 0) + 1;
    if (busy.has(entry.kind)) {
      const until = entry.open ? axis.end : (entry.until ?? entry.at);
      works.fill(1, at, stretchAt(until) + 1);
    }
    if (entry.failed) failed.add(stretchAt(entry.until ?? entry.at));
    if (entry.kind === 'checkpoint') checkpoints.push(axis.at(entry.at));
  };
  for (const { entry, children } of timeline.slots) {
    take(entry);
    for (const child of children ?? []) take(child.entry);
  }
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
    failed: [...failed].toSorted((a, b) => a - b),
    checkpoints,
  };
}
