import picomatch from 'picomatch';
import { MAX_EVENT_DEPTH, type FiredEvent } from '../domain/intent/fired-event.ts';
import type { Intent } from '../domain/intent/intent.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Read, Write } from '../store/database.ts';
import { countWaiting, hasMissed, recordMissed, settleAllWaiting } from '../store/missed-time-store.ts';
import { hasRunFor } from '../store/run-row-store.ts';
import { listAwaiting, settleEvent, type TriggerEvent } from '../store/trigger-event-store.ts';
import type { QueuedRun } from '../store/insert-run.ts';
import { isFree, startIntentRun } from './start-intent-run.ts';

/**
 * Fires a named event in the caller's transaction: each intent that waits for it gets its run, and the event is settled with them, so
 * that it is never fired twice.
 *
 * An intent whose last run is not ended gets none now. Under `run_once` the newest event waits until it is and covers those before; under
 * `run_all` each waits, up to the cap; under `skip` none does. Nothing starts itself: neither at once, nor around more than 8 corners.
 */
export function fireEvent(write: Write, event: TriggerEvent): QueuedRun[] {
  const runs: QueuedRun[] = [];
  for (const intent of listAwaiting(write, event.name)) {
    const run = meets(intent, event) ? fireFor(write, intent, event) : null;
    if (run !== null) runs.push(run);
  }
  settleEvent(write, event.id, runs.length);
  return runs;
}

function fireFor(write: Write, intent: Intent, event: TriggerEvent): QueuedRun | null {
  const nominalAt = freeTime(write, intent.id, event.at);
  const refused = refusal(intent, event);
  if (refused !== null) {
    recordMissed(write, intent.id, [{ nominalAt, outcome: 'refused', reason: refused }]);
    return null;
  }
  const fired: FiredEvent = { name: event.name, payload: event.payload, at: event.at, depth: event.depth };
  const waiting = countWaiting(write, intent.id);
  if (isFree(intent) && waiting === 0)
    return startIntentRun(write, intent, {
      triggeredBy: 'trigger',
      actor: 'runtime',
      nominalAt,
      event: fired,
    });
  const reason = 'Its last run was not ended yet.';
  const waits = { nominalAt, outcome: 'waiting', event: fired, dueAt: write.now, reason } as const;
  switch (intent.misfirePolicy) {
    case 'skip':
      recordMissed(write, intent.id, [{ nominalAt, outcome: 'skipped', reason }]);
      break;
    case 'run_once':
      settleAllWaiting(write, intent.id, { outcome: 'coalesced' });
      recordMissed(write, intent.id, [waits]);
      break;
    case 'run_all':
      recordMissed(write, intent.id, [
        waiting < intent.misfireCap ? waits : { nominalAt, outcome: 'over_cap', reason },
      ]);
  }
  return null;
}

function refusal(intent: Intent, event: TriggerEvent): string | null {
  if (event.causeIntentId === intent.id) return 'Its own run was the cause.';
  return event.depth > MAX_EVENT_DEPTH
    ? `More than ${String(MAX_EVENT_DEPTH)} runs in a row started one another.`
    : null;
}

/** Whether an event that has the name also has what the trigger asks of it. */
function meets(intent: Intent, event: TriggerEvent): boolean {
  if (intent.createdAt > event.at) return false;
  const globs = intent.trigger.type === 'event' ? (intent.trigger.paths ?? []) : [];
  const { paths, more } = event.payload;
  // Of more paths than are told, one may fit.
  if (globs.length === 0 || more === true || !Array.isArray(paths)) return true;
  const fits = picomatch(globs, { dot: true });
  return paths.some((path) => typeof path === 'string' && fits(path));
}

/** The time of an event, or the first after it that this intent has nothing at: two events may come within a millisecond. */
function freeTime(read: Read, intentId: string, at: string): string {
  let time = at;
  while (hasRunFor(read, intentId, time) || hasMissed(read, intentId, time))
    time = formatTime(parseTime(time) + 1);
  return time;
}
