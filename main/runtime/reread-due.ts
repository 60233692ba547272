import type { Intent } from '../domain/intent/intent.ts';
import { formatTime } from '../shared/clock.ts';
import { FailureError } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { setNextDue } from '../store/intent-store.ts';
import { forgetMissedAfter } from '../store/missed-time-store.ts';
import { listMoved } from '../store/moved-time-store.ts';
import { nominalTimesAfter } from '../store/run-row-store.ts';
import { nextOpenTime } from './planned-times.ts';

/**
 * Works out the due time of an intent again after the clock was set back: the first time after now that has no run yet. So nothing
 * fires a second time, and a time that was worked out under a clock a year ahead does not stay a year ahead.
 */
export function rereadDue(write: Write, intent: Intent, now: number): void {
  if (intent.nextDueAt === null) return;
  const from = formatTime(now);
  const done = nominalTimesAfter(write, intent.id, from);
  const next = nextOpenTime(intent.trigger, now, intent.nextDueAt, done, listMoved(write, intent.id));
  if (!next.ok) throw new FailureError(next.error);
  forgetMissedAfter(write, intent.id, from);
  setNextDue(write, intent.id, next.value, from);
}
