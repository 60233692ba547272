import type { Trigger } from '../domain/intent/intent.ts';
import { readEventName } from '../domain/intent/event-name.ts';
import { parseTime } from '../shared/clock.ts';
import { fail, FailureError, ok, type Result } from '../shared/result.ts';
import type { Read } from '../store/database.ts';
import { getIntent } from '../store/intent-store.ts';
import { getProject } from '../store/project-store.ts';
import { nextDue } from './next-due.ts';

/** Whether a trigger can ever fire, seen from `now` (ms), and when it does first; null when it does not by itself. */
export function checkTrigger(trigger: Trigger, now: number): Result<string | null> {
  switch (trigger.type) {
    case 'manual':
    case 'immediate':
      return ok(null);
    case 'once':
      return parseTime(trigger.at) > now
        ? ok(trigger.at)
        : wrong(`${trigger.at} is past.`, 'Write a time that is still to come.');
    case 'interval':
      return nextDue(trigger, now);
    case 'event':
      return checkEvent(trigger);
    case 'cron':
      return checkCron(trigger, now);
  }
}

function checkCron(trigger: Trigger & { type: 'cron' }, now: number): Result<string | null> {
  const { expression, zone } = trigger;
  const parts = expression.trim().split(/\s+/u).length;
  // The parser would also take a date, which is what `once` is for.
  if (!expression.trim().startsWith('@') && (parts < 5 || parts > 7))
    return wrong(
      `A cron expression has five fields, six with seconds first, seven with years last; "${expression}" has ${String(parts)}.`,
      'Write minute, hour, day, month and weekday, such as "0 1 * * 1-5" for 01:00 from Monday to Friday.',
    );
  if (zone !== null && !knownZone(zone))
    return wrong(
      `There is no time zone called ${JSON.stringify(zone)}.`,
      'Write it as Area/City, such as "Europe/Berlin", or "UTC".',
    );
  const next = nextDue(trigger, now);
  if (!next.ok) return next;
  return next.value === null
    ? wrong(
        `"${expression}" never comes: there is no such day any more.`,
        'Look at day, month and year: 30 February and past years are not to come.',
      )
    : next;
}

function checkEvent(trigger: Trigger & { type: 'event' }): Result<null> {
  const name = readEventName(trigger.event);
  if (name === null)
    return wrong(
      `${JSON.stringify(trigger.event)} is no name of an event.`,
      'Write a name of letters, digits, dots and dashes, `intent:<id>:completed` (or failed, timeout, cancelled, ended), or `project:<id>:moved`.',
    );
  if (trigger.paths !== undefined && trigger.paths.length > 0 && name.kind !== 'project')
    return wrong(
      'Only the move of a project has paths.',
      'Leave the paths out, or wait for `project:<id>:moved`.',
    );
  return ok(null);
}

/** Follows whom an intent waits for, and refuses a ring. Throws `not_found` for an intent or project that is not there. */
export function checkCause(read: Read, trigger: Trigger, self: string | null): void {
  const seen = new Set(self === null ? [] : [self]);
  for (let current = trigger; current.type === 'event';) {
    const name = readEventName(current.event);
    if (name?.kind === 'project') getProject(read, name.projectId);
    if (name?.kind !== 'intent') return;
    if (seen.has(name.intentId))
      throw new FailureError({
        tag: 'event_cycle',
        message: 'This intent would start itself again and again.',
        hint: 'Let one intent of the ring wait for something else, such as a time.',
      });
    seen.add(name.intentId);
    current = getIntent(read, name.intentId).trigger;
  }
}

function wrong(message: string, hint: string): Result<never> {
  return fail('invalid_trigger', message, { hint });
}

export function knownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The zone of this machine. */
export function ownZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
}
