import { formatTime } from '../../shared/clock.ts';
import { timeAt, wallTime } from '../account/zone-time.ts';

/** One day of the calendar in some zone: 23, 24 or 25 hours. */
export interface LocalDay {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly from: string;
  readonly to: string;
}

/** `count` days in `zone`, the first of them `date` (YYYY-MM-DD). */
export function daysFrom(date: string, count: number, zone: string): LocalDay[] {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  const bounds = Array.from({ length: count + 1 }, (_, nth) =>
    timeAt({ year, month, day: day + nth, hour: 0, minute: 0 }, zone),
  );
  return bounds.slice(1).map((to, nth) => ({
    date: new Date(Date.UTC(year, month - 1, day + nth)).toISOString().slice(0, 10),
    from: formatTime(bounds[nth] ?? to),
    to: formatTime(to),
  }));
}

/** The `count` days in `zone` that end with the one in which `now` (ms) lies. */
export function lastDays(now: number, count: number, zone: string): LocalDay[] {
  const { year, month, day } = wallTime(now, zone);
  return daysFrom(dateOf(year, month, day - count + 1), count, zone);
}

/** The date in `zone` at `now` (ms), as YYYY-MM-DD. */
export function localDate(now: number, zone: string): string {
  const { year, month, day } = wallTime(now, zone);
  return dateOf(year, month, day);
}

function dateOf(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
