import type { Intent } from '../domain/intent/intent.ts';
import type { MovedTime } from '../domain/intent/moved.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { localTime, zoneOf } from './describe-trigger.ts';
import { nextPlanned } from './planned-times.ts';

/** So many times of an intent can be moved at once. */
const MOST = 100;

/** What becomes of an intent when one of its times is moved. */
export interface Move {
  /** The time that is moved from now on; one moved to where it was planned for is as any other again. Null: the trigger is changed instead. */
  readonly time: MovedTime | null;
  readonly fields: Pick<Intent, 'nextDueAt'> & Partial<Pick<Intent, 'trigger'>>;
}

/** Whether an intent has times that can be moved: it comes by the clock, and is on. */
export function mayMove({
  enabled,
  nextDueAt,
  trigger,
}: Pick<Intent, 'enabled' | 'nextDueAt' | 'trigger'>): boolean {
  return enabled && nextDueAt !== null && ['once', 'interval', 'cron'].includes(trigger.type);
}

/**
 * What it takes to move one planned time. A trigger for one time is changed; of one that recurs this time alone comes at another one, and the
 * next of them is worked out anew. Fails with `time_not_planned`, `time_past`, `time_taken` or `too_many_moved`.
 */
export function planMove(
  intent: Pick<Intent, 'enabled' | 'nextDueAt' | 'trigger'>,
  moved: readonly MovedTime[],
  wanted: { readonly from: string; readonly to: string },
  now: number,
): Result<Move> {
  const { trigger, nextDueAt: dueAt } = intent;
  const [from, to] = [formatTime(parseTime(wanted.from)), formatTime(parseTime(wanted.to))];
  if (!mayMove(intent) || dueAt === null || parseTime(from) <= now) return notPlanned;
  if (parseTime(to) <= now)
    return fail('time_past', 'That time is past.', {
      hint: 'Move it to a time that is still to come, or run it now.',
    });
  if (trigger.type === 'once') {
    if (from !== formatTime(parseTime(trigger.at))) return notPlanned;
    return ok({ time: null, fields: { trigger: { ...trigger, at: to }, nextDueAt: to } });
  }
  const here = nextPlanned(trigger, parseTime(from) - 1, dueAt, moved);
  if (!here.ok) return here;
  if (from < dueAt || here.value !== from) return notPlanned;
  // Whatever comes first after the earlier of the two must be this time itself, or lie behind where it goes.
  const near = nextPlanned(trigger, to < from ? parseTime(to) - 1 : parseTime(from), dueAt, moved);
  if (!near.ok) return near;
  const other = near.value;
  if (other !== null && to !== from && (to < from ? other !== from : other <= to))
    return fail(
      'time_taken',
      `It comes ${localTime(other, zoneOf(trigger))} as well, and a time moves no further than its neighbours.`,
      { hint: 'Move it to a time between the one before it and the one after it.' },
    );
  const nominalAt = moved.find(({ toAt }) => toAt === from)?.nominalAt ?? from;
  const time = { nominalAt, toAt: to };
  const others = moved.filter((it) => it.nominalAt !== nominalAt);
  if (others.length >= MOST && nominalAt !== to)
    return fail('too_many_moved', `${String(MOST)} times of this intent are moved already.`, {
      hint: 'Edit its trigger instead.',
    });
  // A time that has come already, and is not fired yet, stays the next one.
  if (parseTime(dueAt) <= now) return ok({ time, fields: { nextDueAt: dueAt } });
  // With no time moved any more, the beat is known by the one that was.
  const next = nextPlanned(trigger, now, nominalAt, nominalAt === to ? others : [...others, time]);
  return next.ok ? ok({ time, fields: { nextDueAt: next.value } }) : next;
}

export const notPlanned = fail('time_not_planned', 'The intent does not come at that time.', {
  hint: 'Look at its next times, and move one of those.',
});
