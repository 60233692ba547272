import { Cron } from 'croner';
import type { Trigger } from '../domain/intent/intent.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';

/**
 * The first time a trigger fires after `after` (ms since 1970); null when it never does by itself. An interval counts from `nominal`,
 * the time it was planned for last, so that late firing does not add up. The cron object is built, asked
 * once, and dropped: one that is kept costs 81 KB.
 */
export function nextDue(trigger: Trigger, after: number, nominal: number = after): Result<string | null> {
  switch (trigger.type) {
    case 'manual':
    case 'event':
    case 'immediate':
      return ok(null);
    case 'once':
      return ok(parseTime(trigger.at) > after ? trigger.at : null);
    case 'interval':
      return ok(
        formatTime(nominal + trigger.everyMs * (Math.floor((after - nominal) / trigger.everyMs) + 1)),
      );
    case 'cron':
      return cronDue(trigger, () => {
        const next = new Cron(
          trigger.expression,
          trigger.zone === null ? {} : { timezone: trigger.zone },
        ).nextRun(formatTime(after));
        return next === null ? null : formatTime(next.getTime());
      });
  }
}

/** What `ask` finds out of a cron expression; a failure when it cannot be read. */
export function cronDue<T>(trigger: Trigger & { type: 'cron' }, ask: () => T): Result<T> {
  try {
    return ok(ask());
  } catch (error) {
    // The library names its own part first, and ends without a full stop.
    const why = messageOf(error).replace(/^Cron\w*: /u, '');
    return fail(
      'invalid_trigger',
      `The schedule "${trigger.expression}" cannot be read: ${why}${why.endsWith('.') ? '' : '.'}`,
      {
        hint: 'Write five or six cron fields, such as "0 1 * * *" for every day at 01:00.',
      },
    );
  }
}
