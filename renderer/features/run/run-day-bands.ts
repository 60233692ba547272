import type { RunListItem } from './run-days.ts';

export interface Band {
  readonly key: string;
  readonly day: number;
  readonly count: number;
  readonly top: number;
  readonly rows: number;
}

/** The days that reach into the shown rows. Each spans its rows, so that its heading can stick for as long as they last. */
export function dayBands(items: readonly RunListItem[], first: number, last: number): Band[] {
  const bands: Band[] = [];
  let at = items.slice(0, first + 1).findLastIndex((item) => item.kind === 'day');
  for (; at >= 0 && at < last;) {
    const item = items[at];
    if (item?.kind !== 'day') break;
    bands.push({ key: item.key, day: item.day, count: item.count, top: at, rows: item.count + 1 });
    at += item.count + 1;
  }
  return bands;
}
