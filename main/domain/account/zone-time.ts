/** Calendar arithmetic in a time zone. Days have 23 or 25 hours when clocks change, so bounds are found on the calendar, never added up. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** What a clock on the wall shows in `zone` at `ms` since 1970. */
export function wallTime(ms: number, zone: string): WallTime & { readonly second: number } {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatOf(zone).formatToParts(ms))
    if (Object.hasOwn(parts, type)) parts[type as keyof typeof parts] = Number(value);
  return parts;
}

/** When a clock on the wall in `zone` shows this; days and months outside their range carry over. Of a time that is skipped: the one after the gap. */
export function timeAt({ year, month, day, hour, minute }: WallTime, zone: string): number {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  const offset = (ms: number): number => {
    const shown = wallTime(ms, zone);
    return (
      Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second) -
      Math.floor(ms / 1_000) * 1_000
    );
  };
  const first = wanted - offset(wanted);
  return wanted - Math.min(offset(first), offset(wanted - offset(first)));
}

/** Monday is 1, Sunday 7. */
export function weekday({ year, month, day }: Pick<WallTime, 'year' | 'month' | 'day'>): number {
  return ((Math.floor(Date.UTC(year, month - 1, day) / 86_400_000) + 3) % 7) + 1;
}

/** Minutes since midnight of "22:30". */
export function minutesOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The zone of this machine. */
export function machineZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
}
