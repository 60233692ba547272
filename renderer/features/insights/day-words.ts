import { parseTime } from '../../client/clock.ts';
import type { Point } from './insight-types.ts';

const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const full = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** "19 Nov" of a date as YYYY-MM-DD: a day of the calendar, whatever the reader's zone. */
export function shortDay(date: string): string {
  return short.format(parseTime(`${date}T12:00:00.000Z`));
}

export function fullDay(date: string): string {
  return full.format(parseTime(`${date}T12:00:00.000Z`)).replace(',', '');
}

export function pointName({ key, name }: Pick<Point, 'key' | 'name'>): string {
  return key === name && /^\d{4}-\d\d-\d\d$/u.test(key) ? fullDay(key) : name;
}
