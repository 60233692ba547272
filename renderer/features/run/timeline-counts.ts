import type { Entry, EntryKind } from './timeline-entry.ts';
import type { Timeline } from './timeline-model.ts';
import { shows, type TimelineFilter } from './timeline-rows.ts';

export interface TimelineCounts extends Readonly<Record<TimelineFilter, number>> {
  /** Checkpoints alone, without what their filter shows beside them. */
  readonly flags: number;
}

/** Found by its kind at once: with every batch of events all entries are counted. */
const filterOf = new Map<EntryKind, keyof typeof shows>(
  (Object.keys(shows) as (keyof typeof shows)[]).flatMap((filter) =>
    shows[filter].map((kind) => [kind, filter] as const),
  ),
);

/** How many rows each filter would show; a fold counts with what is in it. */
export function timelineCounts(timeline: Timeline): TimelineCounts {
  const counts = { messages: 0, tools: 0, files: 0, tests: 0, checkpoints: 0, flags: 0 };
  const take = (entry: Entry): void => {
    const filter = filterOf.get(entry.kind);
    if (filter) counts[filter] += entry.kind === 'fold' ? entry.items.length : 1;
    if (entry.kind === 'checkpoint') counts.flags += 1;
  };
  for (const { entry, children } of timeline.slots) {
    take(entry);
    for (const child of children ?? []) take(child.entry);
  }
  return { ...counts, errors: timeline.failures.length };
}
