const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const second = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The local time of day of a moment: "12:04", or "12:04:31". */
export function timeOfDay(moment: number, seconds = false): string {
  return (seconds ? second : minute).format(moment);
}
