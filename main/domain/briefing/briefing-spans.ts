import { formatTime } from '../../shared/clock.ts';
import { minutesOf, timeAt } from '../account/zone-time.ts';
import { localDate } from '../insight/local-days.ts';

/** The mornings begin then, where no digest says otherwise. */
export const MORNING = '07:00';

/** From one morning to the next: the day that was, and the night after it. */
export interface BriefingSpan {
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly open: boolean;
}

/** The span that ends with the morning of `day`. Mornings are found on the calendar, so a span may have 23 or 25 hours. */
export function spanOf(day: string, now: number, zone: string, morning: string): BriefingSpan {
  const to = morningOf(day, 0, zone, morning);
  return {
    day,
    from: formatTime(morningOf(day, -1, zone, morning)),
    to: formatTime(to),
    open: to > now,
  };
}

/** The `count` newest spans, the newest first: it is the one that `now` (ms) lies in. */
export function newestSpans(now: number, count: number, zone: string, morning: string): BriefingSpan[] {
  const today = localDate(now, zone);
  const ahead = morningOf(today, 0, zone, morning) > now ? 0 : 1;
  return Array.from({ length: count }, (_, back) =>
    spanOf(dayAfter(today, ahead - back), now, zone, morning),
  );
}

function morningOf(day: string, days: number, zone: string, morning: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return timeAt({ year, month, day: date + days, hour: 0, minute: minutesOf(morning) }, zone);
}

function dayAfter(day: string, days: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return formatTime(Date.UTC(year, month - 1, date + days)).slice(0, 10);
}
