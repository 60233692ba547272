import type { Entry } from './timeline-entry.ts';
import type { Timeline } from './timeline-model.ts';

/** Where an event is shown: its row, the step it lies in, and the fold. */
export interface TimelinePlace {
  readonly key: string;
  readonly step: string | undefined;
  readonly fold: string | undefined;
}

/** The row that tells an event, or the nearest before it for one that has none of its own; undefined when it was not read. */
export function placeOfEvent(timeline: Timeline, seq: number): TimelinePlace | undefined {
  if (seq < timeline.firstSeq || seq > timeline.lastSeq) return undefined;
  let near: TimelinePlace | undefined;
  let nearest = 0;
  const look = (entry: Entry, step: string | undefined): TimelinePlace | undefined => {
    const leaves = entry.kind === 'fold' ? entry.items : [entry];
    const fold = entry.kind === 'fold' ? entry.key : undefined;
    for (const leaf of leaves) {
      const place = { key: leaf.key, step, fold };
      if (leaf.events.some((event) => event.seq === seq)) return place;
      if (leaf.seq <= seq && leaf.seq >= nearest) {
        nearest = leaf.seq;
        near = place;
      }
    }
    return undefined;
  };
  for (const { entry, children } of timeline.slots) {
    const found = look(entry, undefined);
    if (found) return found;
    for (const child of children ?? []) {
      const inside = look(child.entry, entry.key);
      if (inside) return inside;
    }
  }
  return near;
}

/** Whether one of an entry's events is among those found. */
export function holdsFound(entry: Entry, found: ReadonlySet<number>): boolean {
  if (found.size === 0) return false;
  if (entry.kind === 'fold') return entry.items.some((item) => holdsFound(item, found));
  return entry.events.some((event) => found.has(event.seq));
}
