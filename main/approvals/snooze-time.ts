import type { SnoozeChoice } from '../domain/inbox/choice.ts';
import { formatTime } from '../shared/clock.ts';
import { firstMinute, localTime } from './local-time.ts';

const HOUR_MS = 3_600_000;
const EVENING = 19 * 60;
const MORNING = 9 * 60;

/**
 * When a snoozed item comes back (ISO): in an hour; at 19:00 today, or three hours on when that is near or past; at 9:00 tomorrow, as the
 * clock on the owner's wall shows it.
 */
export function snoozeUntil(choice: SnoozeChoice, now: number, zone: string): string {
  if (choice === 'hour') return formatTime(now + HOUR_MS);
  const today = localTime(now, zone);
  if (choice === 'tonight')
    return formatTime(
      today.minute >= EVENING - 30
        ? now + 3 * HOUR_MS
        : firstMinute(now, zone, (local) => local.minute >= EVENING),
    );
  return formatTime(firstMinute(now, zone, (local) => local.date !== today.date && local.minute >= MORNING));
}
