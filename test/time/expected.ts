/**
 * When a cron expression comes, worked out without the scheduler and without its library: every minute of a span is asked of `Intl` for its
 * wall time in the zone, and compared with the fields. What a zone's rules do to a day follows from the platform's own zone data:
 *
 * - A wall time that does not exist (the clocks went forward over it): an expression of one hour and one minute comes at the first minute
 *   after the gap; one with `*`, lists or steps in hour or minute just has no such minute.
 * - A wall time that exists twice (the clocks went back): an expression of one hour and one minute comes the first time only; one with `*`
 *   or steps comes by both.
 */
export function expectedTimes(expression: string, zone: string, fromIso: string, toIso: string): string[] {
  const fields = expression.split(' ');
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const fixed = /^\d+$/u.test(minute) && /^\d+$/u.test(hour);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    weekday: 'short',
  });
  const wall = (at: number): Wall => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      year: Number(part['year']),
      month: Number(part['month']),
      day: Number(part['day']),
      hour: Number(part['hour']),
      minute: Number(part['minute']),
      weekday: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(part['weekday'] ?? ''),
    };
  };
  const onDay = (at: Wall): boolean => fits(month, at.month) && fitsDay(day, at) && fits(weekday, at.weekday);
  const found: number[] = [];
  const seen = new Set<string>();
  // One day more before: a gap or a first occurrence may lie before the span.
  const begin = Date.parse(fromIso) - 86_400_000;
  let before = wall(begin - 60_000);
  for (let at = begin; at < Date.parse(toIso); at += 60_000) {
    const now = wall(at);
    const name = `${String(now.year)}-${String(now.month)}-${String(now.day)}`;
    const skipped = fixed && jumpsOver(before, now, Number(hour), Number(minute));
    before = now;
    if (!onDay(now)) continue;
    if (!skipped && !(fits(minute, now.minute) && fits(hour, now.hour))) continue;
    if (fixed && seen.has(name)) continue;
    seen.add(name);
    if (at > Date.parse(fromIso)) found.push(at);
  }
  return found.map((at) => `${new Date(at).toISOString().slice(0, 16)}Z`);
}

interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly weekday: number;
}

/** Whether the clocks went forward from one minute to the next over this wall time. */
function jumpsOver(before: Wall, now: Wall, hour: number, minute: number): boolean {
  const sameDay = before.day === now.day;
  const last = sameDay ? before.hour * 60 + before.minute : -1;
  const next = now.hour * 60 + now.minute;
  const wanted = hour * 60 + minute;
  return next - last > 1 && wanted > last && wanted < next;
}

function fits(field: string, value: number): boolean {
  return field.split(',').some((part) => {
    const [range = '', step = '1'] = part.split('/');
    if (range === '*') return value % Number(step) === 0;
    const [low = '', high = low] = range.split('-');
    return value >= Number(low) && value <= Number(high) && (value - Number(low)) % Number(step) === 0;
  });
}

function fitsDay(field: string, at: Wall): boolean {
  if (field === 'L') return at.day === new Date(Date.UTC(at.year, at.month, 0)).getUTCDate();
  return fits(field, at.day);
}
