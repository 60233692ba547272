import { strings } from './strings.ts';

const day = 86_400_000;
const named = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const withYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const parts = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  hourCycle: 'h23',
});

/** The first moment of the local day a moment is in. On days when clocks change it may be an hour off, on every row alike. */
export function startOfDay(moment: number): number {
  let past = 0;
  for (const part of parts.formatToParts(moment)) {
    if (part.type === 'hour') past += Number(part.value) * 3_600_000;
    else if (part.type === 'minute') past += Number(part.value) * 60_000;
    else if (part.type === 'second') past += Number(part.value) * 1_000;
  }
  return Math.floor((moment - past) / 1_000) * 1_000;
}

export function dayLabel(start: number, now: number): string {
  const distance = Math.round((startOfDay(now) - start) / day);
  if (distance === 0) return strings.list.today;
  if (distance === 1) return strings.list.yesterday;
  return distance < 300 ? named.format(start) : withYear.format(start);
}
