import { parseTime } from '../../client/clock.ts';
import type { RunRow } from './run-types.ts';

export type RunListItem =
  | { readonly kind: 'day'; readonly key: string; readonly day: number; readonly count: number }
  | { readonly kind: 'run'; readonly key: string; readonly row: RunRow };

/** Puts a heading above the runs of each local day; `startOfDay` gives the first moment of the day a time is in. */
export function withDays(rows: readonly RunRow[], startOfDay: (moment: number) => number): RunListItem[] {
  const items: RunListItem[] = [];
  let heading: { kind: 'day'; key: string; day: number; count: number } | undefined;
  for (const row of rows) {
    const day = startOfDay(parseTime(row.createdAt));
    if (heading?.day !== day) {
      heading = { kind: 'day', key: `day ${String(day)}`, day, count: 0 };
      items.push(heading);
    }
    heading.count += 1;
    items.push({ kind: 'run', key: row.id, row });
  }
  return items;
}

/** The next run in a direction; headings are passed over. -1 stands before the first. */
export function nextRun(items: readonly RunListItem[], from: number, step: number): number {
  const direction = Math.sign(step) || 1;
  const last = items.length - 1;
  let at = Math.min(last, Math.max(0, from + step));
  while (at >= 0 && at <= last && items[at]?.kind === 'day') at += direction;
  // Past an end: the outermost run.
  if (at < 0) return items.findIndex((item) => item.kind === 'run');
  if (at > last) return items.findLastIndex((item) => item.kind === 'run');
  return at;
}
