import { Cron } from 'croner';
import type { Trigger } from '../domain/intent/intent.ts';
import { formatTime } from '../shared/clock.ts';
import { ok, type Result } from '../shared/result.ts';
import { cronDue } from './next-due.ts';

/** Steps of a cron expression that are walked one by one, some 25 ms of work. */
const WALK = 500;

export interface DueTimes {
  /** The newest times that have come, oldest first; the first of them is at least `nominal`. */
  readonly newest: readonly string[];
  /** How many came altogether. */
  readonly count: number;
  /** There were at least `count`; nobody walked them all. */
  readonly atLeast: boolean;
  /** The first time that is still to come; null when there is none. */
  readonly next: string | null;
}

/** Every time of a trigger from `nominal` to `now` (both ms), told by the newest `keep` of them and their number. Bounded work, however many. */
export function dueTimes(trigger: Trigger, nominal: number, now: number, keep: number): Result<DueTimes> {
  switch (trigger.type) {
    case 'interval': {
      const count = Math.floor((now - nominal) / trigger.everyMs) + 1;
      const kept = Math.min(keep, count);
      return ok({
        newest: Array.from({ length: kept }, (_, index) =>
          formatTime(nominal + (count - kept + index) * trigger.everyMs),
        ),
        count,
        atLeast: false,
        next: formatTime(nominal + count * trigger.everyMs),
      });
    }
    case 'cron':
      return cronDue(trigger, () => cronTimes(trigger, nominal, now, keep));
    default:
      return ok({ newest: [formatTime(nominal)], count: 1, atLeast: false, next: null });
  }
}

function cronTimes(
  trigger: Trigger & { type: 'cron' },
  nominal: number,
  now: number,
  keep: number,
): DueTimes {
  const cron = new Cron(trigger.expression, trigger.zone === null ? {} : { timezone: trigger.zone });
  /** The times after `from` up to now, and the one behind them; that is undefined when there were too many to walk. */
  const walk = (from: number): { times: number[]; next: number | null | undefined } => {
    const times: number[] = [];
    for (let at = cron.nextRun(new Date(from)); at !== null; at = cron.nextRun(at)) {
      if (at.getTime() > now) return { times, next: at.getTime() };
      if (times.length === WALK) return { times, next: undefined };
      times.push(at.getTime());
    }
    return { times, next: null };
  };
  const told = (times: number[]): string[] => times.slice(-keep).map(formatTime);
  const stored = (time: number | null): string | null => (time === null ? null : formatTime(time));
  const all = walk(nominal);
  const count = all.times.length + 1;
  if (all.next !== undefined)
    return { newest: told([nominal, ...all.times]), count, atLeast: false, next: stored(all.next) };
  // Too many to walk: the newest are looked for in a span before now that is halved until it can be walked.
  const last = all.times.at(-1) ?? nominal;
  let span = Math.min(now - nominal, ((last - nominal) / WALK) * keep * 2);
  let near = walk(now - span);
  while (near.next === undefined) {
    span /= 2;
    near = walk(now - span);
  }
  return { newest: told(near.times), count, atLeast: true, next: stored(near.next) };
}

/** Where an intent's catch-up stands in a window of `windowMs`: the same place for the same intent, and different ones for different. */
export function staggerOf(intentId: string, windowMs: number): number {
  if (windowMs <= 0) return 0;
  let hash = 0x811c9dc5;
  for (const character of intentId) {
    hash ^= character.charCodeAt(0);
    hash = Math.imul(hash, 0x01000193);
  }
  // Mixed once more: ids of one moment differ in their last characters alone.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return (hash >>> 0) % (windowMs + 1);
}
