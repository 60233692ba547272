import { strings } from './strings.ts';

const words = strings.autonomy;

/** So many in so many days, by the week: "14/week", "less than 1/week", "never". */
export function askedWords(count: number, days: number): string {
  const weekly = (count * 7) / days;
  if (count === 0) return words.never;
  return weekly < 1 ? words.rarely : words.weekly(Math.round(weekly));
}
