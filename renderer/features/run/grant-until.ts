import { formatTime, parseTime } from '../../client/clock.ts';
import { formatField } from '../../ui/format-time.ts';

/** The ends that are offered for a permission of an intent, besides a time of one's own. */
export const grantSpans = ['hour', 'day', 'week'] as const;
export type GrantSpan = (typeof grantSpans)[number];

const hour = 3_600_000;
const mostMs = 90 * 24 * hour;

/** When such a permission ends, as it is stored: in an hour, when this day ends where its reader is, or in seven days. */
export function grantUntil(span: GrantSpan, now: number): string {
  if (span === 'hour') return formatTime(now + hour);
  if (span === 'week') return formatTime(now + 7 * 24 * hour);
  return formatTime(parseTime(`${formatField(now).slice(0, 10)}T23:59:59.999`));
}

/** What a date field says, as it is stored; null while it is no time, not to come, or further away than a permission may last. */
export function ownUntil(field: string, now: number): string | null {
  const at = parseTime(field);
  return Number.isNaN(at) || at <= now || at > now + mostMs ? null : formatTime(at);
}
