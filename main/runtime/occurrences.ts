import { Cron } from 'croner';
import type { Trigger } from '../domain/intent/intent.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { cronDue } from './next-due.ts';

export interface Occurrences {
  readonly times: readonly string[];
  /** More come before the end of the range than were asked for. */
  readonly more: boolean;
}

/**
 * The times a trigger fires from `from` until before `to` (ms), at most `most`. `dueAt` is the time that is set for it: nothing comes before. They come
 * by the same rules as when they fire: a cron expression in its zone, with its rules for clocks that change, an interval on its beat.
 */
export function occurrencesIn(
  trigger: Trigger,
  dueAt: string,
  { from, to, most }: { from: number; to: number; most: number },
): Occurrences {
  const due = parseTime(dueAt);
  if (due >= to || most <= 0) return { times: [], more: due < to };
  switch (trigger.type) {
    case 'interval': {
      const first = due >= from ? due : due + Math.ceil((from - due) / trigger.everyMs) * trigger.everyMs;
      const count = Math.max(0, Math.ceil((to - first) / trigger.everyMs));
      return {
        times: Array.from({ length: Math.min(most, count) }, (_, nth) =>
          formatTime(first + nth * trigger.everyMs),
        ),
        more: count > most,
      };
    }
    case 'cron': {
      const walked = cronDue(trigger, () => walk(trigger, Math.max(due, from), to, most));
      // It was checked when it was set; should it not be read now, the time that is set stands.
      return walked.ok ? walked.value : { times: due >= from ? [dueAt] : [], more: false };
    }
    default:
      return { times: due >= from ? [dueAt] : [], more: false };
  }
}

function walk(trigger: Trigger & { type: 'cron' }, from: number, to: number, most: number): Occurrences {
  const cron = new Cron(trigger.expression, trigger.zone === null ? {} : { timezone: trigger.zone });
  const times: string[] = [];
  // The first one may be `from` itself, which is not after it.
  for (let at = cron.nextRun(new Date(from - 1)); at !== null && at.getTime() < to; at = cron.nextRun(at)) {
    if (times.length === most) return { times, more: true };
    times.push(formatTime(at.getTime()));
  }
  return { times, more: false };
}
