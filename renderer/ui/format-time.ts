import { once } from './once.ts';

/** Words for times, durations and sizes. Pure: the present is handed in. */
const relative = once(() => new Intl.RelativeTimeFormat('en', { style: 'short' }));
const relativeDay = once(() => new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' }));
const exact = once(
  () =>
    new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'short',
    }),
);

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const day = 86_400_000;

/**
 * "just now", "3 min ago", "in 2 hr", "tomorrow"; whole units, rounded towards the present. Days are those of the calendar where it is read: 27
 * hours from Saturday night is Monday, and not tomorrow.
 */
export function formatRelative(then: number, now: number): string {
  const difference = then - now;
  if (Math.abs(difference) >= day && Math.abs(difference) < 7 * day)
    return relativeDay().format(Math.round((dateOf(then) - dateOf(now)) / day), 'day');
  for (const [unit, size] of units)
    if (Math.abs(difference) >= size)
      return relative()
        .format(Math.trunc(difference / size), unit)
        .replace('.', '');
  return 'just now';
}

export function formatExact(then: number): string {
  return exact().format(then);
}

const clock = once(() => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }));
const dayClock = once(
  () => new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' }),
);
/** The time of day where it is read: "15:00", or "Mon 15:00" when it is more than twenty hours away. */
export function formatClock(then: number, now: number): string {
  return (Math.abs(then - now) < 20 * 3_600_000 ? clock() : dayClock()).format(then).replace(',', '');
}

const field = once(
  () =>
    new Intl.DateTimeFormat('sv-SE', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }),
);
/** The date where it is read, as its midnight in UTC, so that no day is longer than another. */
function dateOf(at: number): number {
  return Date.parse(field().format(at).slice(0, 10));
}
/** A time as a date field wants it: "2026-11-22T09:00", in the reader's zone. */
export function formatField(then: number): string {
  return field().format(then).replace(' ', 'T');
}

/** "45s", "3m 12s", "2h 05m", "3d 4h": two units at most, so that columns stay narrow. */
export function formatDuration(ms: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return ms > 0 && seconds === 0 ? '<1s' : `${String(seconds)}s`;
  if (minutes < 60) return `${String(minutes)}m ${pad(seconds % 60)}s`;
  if (hours < 24) return `${String(hours)}h ${pad(minutes % 60)}m`;
  return `${String(Math.floor(hours / 24))}d ${String(hours % 24)}h`;
}

/** Decimal units, as file managers print them: "0 B", "1.2 MB", "340 kB". */
export function formatBytes(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = Math.max(0, bytes);
  let step = 0;
  // 999.5 would print as 1000 of the smaller unit.
  while (value >= 999.5 && step < names.length - 1) {
    value /= 1000;
    step += 1;
  }
  const digits = step > 0 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${names[step] ?? 'B'}`;
}
