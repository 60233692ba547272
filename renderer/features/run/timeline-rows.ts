import type { Entry, EntryKind, TimelineRow } from './timeline-entry.ts';
import type { Timeline } from './timeline-model.ts';

export const timelineFilters = ['messages', 'tools', 'files', 'tests', 'checkpoints', 'errors'] as const;
export type TimelineFilter = (typeof timelineFilters)[number];

/** Which kinds of rows a filter shows; none is of two. */
export const shows: Record<Exclude<TimelineFilter, 'errors'>, readonly EntryKind[]> = {
  messages: ['message', 'reasoning', 'question', 'answer', 'permission', 'directive'],
  tools: ['tool', 'fold', 'process', 'output'],
  files: ['file'],
  tests: ['test', 'setup'],
  checkpoints: ['checkpoint', 'policy', 'applied', 'rolled_back', 'joined'],
};

/** Whether a row passes the chosen filters; none chosen lets all pass. What failed is hidden only when something else is asked for. */
export function passes(entry: Entry, filters: ReadonlySet<TimelineFilter>): boolean {
  if (filters.size === 0) return true;
  for (const filter of filters)
    if (filter === 'errors' ? entry.failed : shows[filter].includes(entry.kind)) return true;
  return false;
}

/** What the reader has opened and closed, against what a row is by itself: steps open, folds closed. */
export type Toggled = ReadonlySet<string>;

/** The rows to show, in order. With filters only steps that hold something remain. */
export function timelineRows(
  timeline: Timeline,
  toggled: Toggled,
  filters: ReadonlySet<TimelineFilter>,
): TimelineRow[] {
  const rows: TimelineRow[] = [];
  const add = (entry: Entry, depth: 0 | 1 | 2): void => {
    if (!passes(entry, filters)) return;
    const expanded = entry.kind === 'fold' ? toggled.has(entry.key) : null;
    rows.push({ key: entry.key, entry, depth, expanded });
    if (entry.kind === 'fold' && expanded)
      for (const item of entry.items)
        rows.push({ key: item.key, entry: item, depth: depth === 0 ? 1 : 2, expanded: null });
  };
  for (const { entry, children } of timeline.slots) {
    if (!children) {
      add(entry, 0);
      continue;
    }
    const expanded = !toggled.has(entry.key);
    const at = rows.length;
    rows.push({ key: entry.key, entry, depth: 0, expanded });
    if (expanded) for (const child of children) add(child.entry, 1);
    if (
      filters.size > 0 &&
      (expanded ? rows.length === at + 1 : !children.some((each) => passes(each.entry, filters)))
    )
      rows.pop();
  }
  return rows;
}

/** Where the row with `key` stands; when it has joined a fold, where the fold stands; -1 when it is not shown. */
export function rowIndex(rows: readonly TimelineRow[], key: string | null): number {
  if (key === null) return -1;
  const found = rows.findIndex((row) => row.key === key);
  return found >= 0 ? found : rows.findIndex((row) => row.key === `f${key}`);
}
