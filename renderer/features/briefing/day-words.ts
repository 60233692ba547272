import { parseTime } from '../../client/clock.ts';

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** "Fri 21 Nov" of a date as YYYY-MM-DD: a day of the calendar, whatever the reader's zone. */
export function dayName(date: string): string {
  return day.format(parseTime(`${date}T12:00:00.000Z`)).replace(',', '');
}

/** "Thu 20 Nov, 07:00" as a clock in the owner's zone shows it. */
export function timeIn(zone: string, at: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(parseTime(at))
    .replace(',', '');
}

export function clockIn(zone: string, at: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
    parseTime(at),
  );
}
