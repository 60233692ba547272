import { parseTime } from '../../client/clock.ts';
import type { Range } from './calendar-types.ts';

/** The time of the calendar from left to right: as it passes, so a day of 25 hours is wider than others. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  /** 0 at the left edge, 1 at the right; times outside are at the edge. */
  readonly part: (at: number) => number;
  readonly days: readonly { readonly date: string; readonly from: number; readonly to: number }[];
  /** Hours to be named, with what a clock in the zone shows. */
  readonly hours: readonly { readonly at: number; readonly words: string }[];
}

const hour = 3_600_000;

/** `every`: each so many hours of the clock is named, counted from midnight. */
export function axisOf({ days, zone }: Pick<Range, 'days' | 'zone'>, every: number): Axis {
  const spans = days.map(({ date, from, to }) => ({ date, from: parseTime(from), to: parseTime(to) }));
  const from = spans[0]?.from ?? 0;
  const to = spans.at(-1)?.to ?? 1;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  const hours: { at: number; words: string }[] = [];
  for (const day of spans)
    for (let at = day.from; at < day.to; at += hour) {
      const words = clock.format(at);
      // An hour that comes twice is named once.
      if (Number(words) % every === 0 && hours.at(-1)?.words !== words) hours.push({ at, words });
    }
  return {
    from,
    to,
    part: (at) => Math.min(1, Math.max(0, (at - from) / (to - from || 1))),
    days: spans,
    hours,
  };
}

/** A date so many days on, as YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** The Monday of the week of a date. */
export function mondayOf(date: string): string {
  const day = new Date(`${date}T12:00:00.000Z`).getUTCDay();
  return addDays(date, -((day + 6) % 7));
}
