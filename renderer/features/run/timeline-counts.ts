import type { Entry } from './timeline-entry.ts';
import type { Timeline } from './timeline-model.ts';
import { passes, timelineFilters, type TimelineFilter } from './timeline-rows.ts';

export type TimelineCounts = Readonly<Record<TimelineFilter, number>>;

/** How many rows each filter would show; a fold counts with what is in it. */
export function timelineCounts(timeline: Timeline): TimelineCounts {
  const counts = Object.fromEntries(timelineFilters.map((filter) => [filter, 0])) as Record<
    TimelineFilter,
    number
  >;
  const take = (entry: Entry): void => {
    for (const [filter, alone] of filters)
      if (passes(entry, alone)) counts[filter] += entry.kind === 'fold' ? entry.items.length : 1;
  };
  for (const { entry, children } of timeline.slots) {
    // A step is no row of its own kind: what is in it counts.
    if (!children) take(entry);
    for (const child of children ?? []) take(child.entry);
  }
  counts.errors = timeline.failures.length;
  return counts;
}

const filters = timelineFilters.map((filter) => [filter, new Set([filter])] as const);
