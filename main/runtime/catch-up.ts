import { firedEventSchema } from '../domain/intent/fired-event.ts';
import { parseTime } from '../shared/clock.ts';
import type { Write } from '../store/database.ts';
import { getIntent, transitionIntent } from '../store/intent-store.ts';
import { nameCoveringRun, settleWaiting, type WaitingTime } from '../store/missed-time-store.ts';
import { hasRunFor } from '../store/run-row-store.ts';
import { maxAgeOf } from './settle-due.ts';
import { isFree, startIntentRun } from './start-intent-run.ts';

/** Starts the late run of a time that waited, in the caller's transaction; gives how many runs were queued, 0 or 1. */
export function catchUp(write: Write, waiting: WaitingTime, now: number): number {
  const intent = getIntent(write, waiting.intentId);
  if (!intent.enabled || !isFree(intent)) return 0;
  if (now - parseTime(waiting.nominalAt) > maxAgeOf(write, intent)) {
    settleWaiting(write, intent.id, waiting.nominalAt, { outcome: 'too_old' });
    if (intent.trigger.type === 'once') transitionIntent(write, intent.id, 'cancel', 'runtime');
    return 0;
  }
  if (hasRunFor(write, intent.id, waiting.nominalAt)) {
    settleWaiting(write, intent.id, waiting.nominalAt, { outcome: 'coalesced' });
    return 0;
  }
  const event = firedEventSchema.nullable().parse(waiting.event);
  const run = startIntentRun(write, intent, {
    triggeredBy: 'trigger',
    actor: 'runtime',
    nominalAt: waiting.nominalAt,
    ...(event === null ? {} : { event }),
  });
  settleWaiting(write, intent.id, waiting.nominalAt, { outcome: 'run', runId: run.id });
  nameCoveringRun(write, intent.id, run.id);
  return 1;
}
