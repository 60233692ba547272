import type { Trigger } from '../domain/intent/intent.ts';
import type { MovedTime } from '../domain/intent/moved.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { ok, type Result } from '../shared/result.ts';
import { dueTimes, type DueTimes } from './due-times.ts';
import { nextDue } from './next-due.ts';
import { occurrencesIn } from './occurrences.ts';

/**
 * The times at which an intent comes: those of its trigger, but for the ones that were moved by themselves, which come where they were moved
 * to. `next_due_at` is the first of them. An interval counts from a time on its beat, and every time that was moved lay on it: so the beat
 * is known also while the next time is a moved one.
 */

export interface PlannedTime {
  readonly at: string;
  /** The time of the trigger it was moved from; null: it is one. */
  readonly movedFrom: string | null;
}

/** A time on the beat of an interval; `dueAt` is on it while nothing is moved. */
export function beatOf(dueAt: string, moved: readonly MovedTime[]): number {
  return parseTime(moved[0]?.nominalAt ?? dueAt);
}

/** The first time after `after` (ms) at which an intent comes; null when there is none. `dueAt` is the time that is set for it. */
export function nextPlanned(
  trigger: Trigger,
  after: number,
  dueAt: string,
  moved: readonly MovedTime[],
): Result<string | null> {
  const beat = beatOf(dueAt, moved);
  let next = nextDue(trigger, after, beat);
  const away = new Set(moved.map(({ nominalAt }) => nominalAt));
  while (next.ok && next.value !== null && away.has(next.value))
    next = nextDue(trigger, parseTime(next.value), beat);
  if (!next.ok) return next;
  const [arrival = null] = moved
    .map(({ toAt }) => toAt)
    .filter((toAt) => parseTime(toAt) > after)
    .sort();
  if (next.value === null || arrival === null) return ok(next.value ?? arrival);
  return ok(arrival < next.value ? arrival : next.value);
}

/**
 * The times at which an intent comes from `from` until before `to` (ms), at most `most`, each with the time it was moved from, if it was. Nothing
 * comes before `dueAt`.
 */
export function plannedIn(
  trigger: Trigger,
  dueAt: string,
  range: { readonly from: number; readonly to: number; readonly most: number },
  moved: readonly MovedTime[],
): { readonly times: readonly PlannedTime[]; readonly more: boolean } {
  const first = moved.length === 0 ? ok(dueAt) : nextDue(trigger, parseTime(dueAt) - 1, beatOf(dueAt, moved));
  const regular =
    !first.ok || first.value === null
      ? { times: [], more: false }
      : occurrencesIn(trigger, first.value, { ...range, most: range.most + moved.length });
  const away = new Set(moved.map(({ nominalAt }) => nominalAt));
  const begins = Math.max(range.from, parseTime(dueAt));
  const times = [
    ...regular.times.filter((at) => !away.has(at)).map((at) => ({ at, movedFrom: null })),
    ...moved
      .filter(({ toAt }) => parseTime(toAt) >= begins && parseTime(toAt) < range.to)
      .map(({ nominalAt, toAt }) => ({ at: toAt, movedFrom: nominalAt })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  return { times: times.slice(0, range.most), more: regular.more || times.length > range.most };
}

/** As `dueTimes`, of an intent with times that were moved. */
export function duePlanned(
  trigger: Trigger,
  dueAt: string,
  now: number,
  keep: number,
  moved: readonly MovedTime[],
): Result<DueTimes> {
  const due = parseTime(dueAt);
  if (moved.length === 0) return dueTimes(trigger, due, now, keep);
  const first = nextDue(trigger, due - 1, beatOf(dueAt, moved));
  if (!first.ok) return first;
  const begins = first.value === null ? Infinity : parseTime(first.value);
  const regular: Result<DueTimes> =
    begins > now
      ? ok({ newest: [], count: 0, atLeast: false, next: null })
      : dueTimes(trigger, begins, now, keep + moved.length);
  if (!regular.ok) return regular;
  const next = nextPlanned(trigger, now, dueAt, moved);
  if (!next.ok) return next;
  const away = new Set(moved.map(({ nominalAt }) => nominalAt));
  const left = moved.filter(({ nominalAt }) => parseTime(nominalAt) >= begins && parseTime(nominalAt) <= now);
  const came = moved.map(({ toAt }) => toAt).filter((at) => parseTime(at) >= due && parseTime(at) <= now);
  return ok({
    newest: [...regular.value.newest.filter((at) => !away.has(at)), ...came].sort().slice(-keep),
    count: regular.value.count - left.length + came.length,
    atLeast: regular.value.atLeast,
    next: next.value,
  });
}

/** The first time after `now` (ms) that no run has been started for. `done` are the times that have one. */
export function nextOpenTime(
  trigger: Trigger,
  now: number,
  dueAt: string,
  done: ReadonlySet<string>,
  moved: readonly MovedTime[],
): Result<string | null> {
  if (trigger.type === 'once') return ok(trigger.at);
  let next = nextPlanned(trigger, now, dueAt, moved);
  while (next.ok && next.value !== null && done.has(next.value))
    next = nextPlanned(trigger, parseTime(next.value), dueAt, moved);
  return next;
}

/** The first time after `now`, for one that is not set yet. */
export function firstPlanned(
  trigger: Trigger,
  now: number,
  moved: readonly MovedTime[],
): Result<string | null> {
  return nextPlanned(trigger, now, formatTime(now), moved);
}
