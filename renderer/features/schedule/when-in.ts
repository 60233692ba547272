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
