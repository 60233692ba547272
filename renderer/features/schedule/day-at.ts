import { to, type Location } from '../../app/routes.ts';
import type { Axis } from './calendar-axis.ts';

/** The day of the calendar with a time in it, where what stands close has room. */
export function dayAt({ days }: Axis, at: number): Location {
  const day = days.findLast(({ from }) => from <= at);
  return to('schedule', {}, { view: 'day', ...(day === undefined ? {} : { date: day.date }) });
}
