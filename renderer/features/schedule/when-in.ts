/** Says a time as the calendar does, "Sat 21, 14:15", on a clock of that zone; undefined: the reader's. */
export function whenIn(zone: string | undefined): (at: number) => string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    ...(zone === undefined ? {} : { timeZone: zone }),
    weekday: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => clock.format(at);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** "Sun 01:00" on a clock of that zone; there are few zones, and many rows. */
export function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(zone, made);
  return made;
}
