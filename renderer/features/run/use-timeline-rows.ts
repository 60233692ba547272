import { useCallback, useMemo } from 'react';
import { parseTime } from '../../client/clock.ts';
import type { FeedState } from './event-feed.ts';
import type { Entry, TimelineRow } from './timeline-entry.ts';
import { rowIndex, timelineRows, type TimelineFilter } from './timeline-rows.ts';
import { createAxis, type Silence, type TimelineAxis } from './timeline-axis.ts';
import { idleGapMs } from './timeline-model.ts';

export interface TimelineRows {
  /** Empty in the raw lens, which shows the events themselves. */
  readonly rows: readonly TimelineRow[];
  readonly count: number;
  readonly keyAt: (index: number) => string | undefined;
  readonly indexOf: (key: string) => number;
  /** Rows that failed, in order. */
  readonly failed: () => readonly number[];
  /** Rows of checkpoints, in order. */
  readonly checkpoints: () => readonly number[];
  /** The row that tells a moment, or the last before it. */
  readonly rowAt: (moment: number) => number;
  /** When the row at an index happened; undefined past the end. */
  readonly momentOf: (at: number) => number | undefined;
}

/**
 * What the timeline shows, in order. The timeline grows in place, so everything here depends on the state that holds it: a new
 * state comes with every change.
 */
export function useTimelineRows(
  state: FeedState,
  raw: boolean,
  toggled: ReadonlySet<string>,
  filters: ReadonlySet<TimelineFilter>,
): TimelineRows {
  const rows = useMemo(
    () => (raw ? [] : timelineRows(state.timeline, toggled, filters)),
    [state, raw, toggled, filters],
  );
  const keyAt = useCallback(
    (at: number) => {
      if (!raw) return rows[at]?.key;
      const event = state.timeline.events[at];
      return event && `e${String(event.seq)}`;
    },
    [state, raw, rows],
  );
  const indexOf = useCallback(
    (key: string) => {
      if (key === '') return -1;
      if (!raw) return rowIndex(rows, key);
      // The raw lens knows a fold by its first event.
      const seq = Number(key.replace(/^\D+/, ''));
      return state.timeline.events.findIndex((event) => event.seq === seq);
    },
    [state, raw, rows],
  );
  const failed = useCallback(() => {
    if (!raw) return rows.flatMap((row, at) => (row.entry.failed ? at : []));
    const keys = new Set(state.timeline.failures);
    return state.timeline.events.flatMap((event, at) => (keys.has(`e${String(event.seq)}`) ? at : []));
  }, [state, raw, rows]);
  const checkpoints = useCallback(
    () =>
      raw
        ? state.timeline.events.flatMap((event, at) => (event.type === 'checkpoint' ? at : []))
        : rows.flatMap((row, at) => (row.entry.kind === 'checkpoint' ? at : [])),
    [state, raw, rows],
  );
  const momentOf = useCallback(
    (at: number) => {
      if (!raw) return rows[at]?.entry.at;
      const event = state.timeline.events[at];
      return event && parseTime(event.createdAt);
    },
    [state, raw, rows],
  );
  const count = raw ? state.timeline.events.length : rows.length;
  const rowAt = useCallback(
    (moment: number) => {
      // Stages side by side are out of order by moments only, so halving comes close enough.
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((momentOf(middle) ?? Infinity) <= moment) low = middle + 1;
        else high = middle;
      }
      return Math.max(0, low - 1);
    },
    [count, momentOf],
  );
  return { rows, count, keyAt, indexOf, failed, checkpoints, rowAt, momentOf };
}

/** The time axis of the rows' bars, with the silences folded. `now` is the end of a run at work. */
export function useTimelineAxis(state: FeedState, now: number, live: boolean): TimelineAxis {
  const { slots } = state.timeline;
  const last = slots.at(-1);
  const start = slots[0]?.entry.at ?? now;
  const lastAt = lastMoment(last?.entry, last?.children?.at(-1)?.entry) ?? start;
  const end = live ? Math.max(now, lastAt) : lastAt;
  const past = useMemo(() => {
    const silences: Silence[] = [];
    const take = (entry: Entry): void => {
      if (entry.kind === 'gap' && entry.until !== null)
        silences.push({ from: entry.at, to: entry.until, status: entry.status });
    };
    for (const slot of state.timeline.slots) {
      take(slot.entry);
      for (const child of slot.children ?? []) take(child.entry);
    }
    return silences;
  }, [state]);
  return useMemo(() => {
    // A silence that goes on has no row yet.
    const present: Silence[] = end - lastAt >= idleGapMs ? [{ from: lastAt, to: end, status: null }] : [];
    return createAxis(start, end, [...past, ...present]);
  }, [past, start, end, lastAt]);
}

function lastMoment(...entries: readonly (Entry | undefined)[]): number | undefined {
  const moments = entries.flatMap((entry) => (entry ? [entry.until ?? entry.at] : []));
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** What a reader of a finished run wants first: what went wrong, else its last test, else how it ended. -1 while there is none. */
export function tellingIndex(rows: readonly TimelineRow[], went: 'well' | 'wrong'): number {
  const kindAt = (kind: Entry['kind']): number => rows.findLastIndex((row) => row.entry.kind === kind);
  if (went === 'wrong') {
    const first = rows.findIndex((row) => row.entry.failed);
    if (first >= 0) return first;
  }
  const applied = kindAt('applied');
  const test = kindAt('test');
  return applied >= 0 ? applied : test >= 0 ? test : kindAt('status');
}
