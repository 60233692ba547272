import type { Intent } from '../domain/intent/intent.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { FailureError } from '../shared/result.ts';
import type { Read, Write } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { setNextDue, transitionIntent } from '../store/intent-store.ts';
import {
  countWaiting,
  nameCoveringRun,
  recordMissed,
  settleAllWaiting,
  type NewMissedTime,
} from '../store/missed-time-store.ts';
import { forgetPassedMoves, listMoved } from '../store/moved-time-store.ts';
import { hasRunFor } from '../store/run-row-store.ts';
import { staggerOf } from './due-times.ts';
import { duePlanned } from './planned-times.ts';
import { isFree, startIntentRun } from './start-intent-run.ts';

/** A time that is looked at within this of its coming is on time; later, it was missed, and the policy says what becomes of it. */
export const ON_TIME_MS = 60_000;
/** Missed times that are told one by one when many come together. */
const KEEP = 20;

/**
 * Settles one due intent in the caller's transaction: the next due time, the run of a time that is on time, and a record of each that is not.
 *
 * - On time, and the intent free: its run is queued. Its last run still at work: the time is recorded as `busy`; under `run_all` it waits.
 * - Missed, `run_once`: the newest waits to be caught up, once, and the others are covered by it. `run_all`: the newest `misfireCap` wait,
 *   and run one after another. `skip`: none runs.
 * - Older than the maximum age: never caught up.
 *
 * Gives how many runs were queued, 0 or 1.
 */
export function settleDue(
  write: Write,
  intent: Intent,
  at: { readonly now: number; readonly windowMs: number },
): number {
  const { now } = at;
  const nominal = intent.nextDueAt === null ? now : parseTime(intent.nextDueAt);
  const moved = listMoved(write, intent.id);
  const due = duePlanned(intent.trigger, formatTime(nominal), now, Math.max(KEEP, intent.misfireCap), moved);
  if (!due.ok) throw new FailureError(due.error);
  const { newest, count, atLeast, next } = due.value;
  setNextDue(write, intent.id, next);
  if (moved.length > 0) forgetPassedMoves(write, intent.id);

  const last = newest.at(-1) ?? formatTime(nominal);
  const onTime = now - parseTime(last) <= ON_TIME_MS;
  const missed = onTime ? newest.slice(0, -1) : newest;
  const free = isFree(intent);
  const records: NewMissedTime[] = [];
  const untold = count - newest.length;
  const waiting = intent.misfirePolicy === 'run_all' ? countWaiting(write, intent.id) : 0;
  let place = intent.misfireCap - waiting;
  const waits = (nominalAt: string, dueAt: number, reason = ''): NewMissedTime =>
    place-- > 0
      ? { nominalAt, outcome: 'waiting', dueAt: formatTime(dueAt), reason }
      : { nominalAt, outcome: 'over_cap', reason };

  const catchUpAt = now + staggerOf(intent.id, at.windowMs);
  const oldest = now - maxAgeOf(write, intent);
  const fresh = missed.filter((time) => parseTime(time) >= oldest);
  for (const time of missed) {
    if (intent.misfirePolicy === 'skip') records.push({ nominalAt: time, outcome: 'skipped' });
    else if (parseTime(time) < oldest) records.push({ nominalAt: time, outcome: 'too_old' });
    else if (intent.misfirePolicy === 'run_once')
      records.push(
        onTime || time !== last
          ? { nominalAt: time, outcome: onTime && !free ? 'busy' : 'coalesced' }
          : { nominalAt: time, outcome: 'waiting', dueAt: formatTime(catchUpAt) },
      );
    else if (fresh.indexOf(time) < fresh.length - intent.misfireCap)
      records.push({ nominalAt: time, outcome: 'over_cap' });
    else records.push(waits(time, catchUpAt));
  }
  if (untold > 0)
    records.unshift({
      nominalAt: formatTime(nominal),
      range: {
        lastNominalAt: formatTime(Math.max(nominal, parseTime(newest[0] ?? last) - 1)),
        count: untold,
        atLeast,
      },
      outcome: 'earlier',
      reason: UNTOLD[intent.misfirePolicy],
    });
  // A newer time is caught up in the place of one that still waits to be.
  const covering = onTime ? free : records.some(({ outcome }) => outcome === 'waiting');
  if (intent.misfirePolicy === 'run_once' && covering)
    settleAllWaiting(write, intent.id, { outcome: 'coalesced' });

  if (onTime && free && waiting === 0 && !records.some(({ outcome }) => outcome === 'waiting')) {
    recordMissed(write, intent.id, records);
    if (hasRunFor(write, intent.id, last)) return 0;
    const run = startIntentRun(write, intent, { triggeredBy: 'trigger', actor: 'runtime', nominalAt: last });
    nameCoveringRun(write, intent.id, run.id);
    return 1;
  }
  if (onTime)
    records.push(
      intent.misfirePolicy === 'run_all'
        ? waits(last, now, 'Its turn comes after those before it.')
        : { nominalAt: last, outcome: 'busy', reason: 'Its last run was not ended yet.' },
    );
  recordMissed(write, intent.id, records);
  // A trigger for one time that was missed for good has nothing more to wait for.
  if (intent.trigger.type === 'once' && free && !records.some((it) => it.outcome === 'waiting'))
    transitionIntent(write, intent.id, 'cancel', 'runtime');
  return 0;
}

const UNTOLD = {
  run_once: 'Covered by the run that catches up.',
  skip: 'Skipped.',
  run_all: 'More than may be caught up.',
} as const;

/** Missed times older than this many milliseconds are not caught up. */
export function maxAgeOf(read: Read, intent: Intent): number {
  return intent.misfireMaxAgeMs ?? Number(readFlag(read, 'trigger.max_missed_age_ms'));
}
