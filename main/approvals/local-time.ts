const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The time zone to reckon in: the one that was chosen, or the machine's. */
export function zoneOr(zone: string): string {
  return zone === '' ? new Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
}

export interface LocalTime {
  /** `2026-11-21`. */
  readonly date: string;
  /** Minutes since midnight, as a clock on the wall shows them. */
  readonly minute: number;
}

/** What a clock on the wall shows in a zone at a time (milliseconds since 1970). */
export function localTime(at: number, zone: string): LocalTime {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zoneOr(zone),
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${String(part['year'])}-${String(part['month'])}-${String(part['day'])}`,
    minute: Number(part['hour']) * 60 + Number(part['minute']),
  };
}

/** `22:00` as minutes since midnight. */
export function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

/** Minutes since midnight as `22:00`. */
export function minuteText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** `14:05` in a zone. */
export function wallTime(at: number, zone: string): string {
  return minuteText(localTime(at, zone).minute);
}

/**
 * The first whole minute after `at` for which `is` holds, at most `hours` on; then the end of that. By minutes, so that a day of 23 or
 * 25 hours and a time that a day leaves out need no thought.
 */
export function firstMinute(at: number, zone: string, is: (local: LocalTime) => boolean, hours = 49): number {
  const start = Math.floor(at / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const end = start + hours * 60 * MINUTE_MS;
  for (let time = start; time < end; time += MINUTE_MS) if (is(localTime(time, zone))) return time;
  return end;
}
