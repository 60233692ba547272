/** A coming time in few words, in the time zone of this machine: "14:05", "tomorrow 02:00", "Mon 09:00", "3 Dec 09:00". */
export function nextWords(at: number, now: number): string {
  const then = new Date(at);
  const time = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const days = dayNumber(then) - dayNumber(new Date(now));
  if (days <= 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  if (days < 7) return `${then.toLocaleDateString('en-GB', { weekday: 'short' })} ${time}`;
  return `${then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}`;
}

/** Days since 1970 as the wall calendar counts them, whatever the length of a day. */
function dayNumber(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
}
