import { formatRelative } from '../../ui/format-time.ts';
import { strings } from './strings.ts';

/** How far off a time is, both in milliseconds since 1970. One that has come is due until its run is made. */
export function untilWords(then: number, now: number): string {
  if (then <= now) return strings.due;
  return then - now < 60_000 ? strings.soon : formatRelative(then, now);
}
