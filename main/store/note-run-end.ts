import { firedEventSchema } from '../domain/intent/fired-event.ts';
import { intentEventName, type IntentOutcome } from '../domain/intent/event-name.ts';
import type { Intent } from '../domain/intent/intent.ts';
import type { Run } from '../domain/run/run.ts';
import type { Write } from './database.ts';
import { getRun } from './run-store.ts';
import { insertTriggerEvent, isAwaited } from './trigger-event-store.ts';

/** Writes down, with the end of a run, the events that other intents wait for; nothing when none does. */
export function noteRunEnd(
  write: Write,
  runId: string,
  intent: Pick<Intent, 'id' | 'name'>,
  outcome: IntentOutcome,
): void {
  const awaited = ([outcome, 'ended'] as const)
    .map((word) => intentEventName(intent.id, word))
    .filter((name) => isAwaited(write, name));
  if (awaited.length === 0) return;
  const run = getRun(write, runId);
  for (const name of awaited)
    insertTriggerEvent(
      write,
      {
        name,
        key: run.id,
        payload: {
          intentId: intent.id,
          intent: intent.name,
          runId: run.id,
          run: run.number,
          outcome,
          status: run.status,
          commit: run.appliedCommit ?? run.headCommit,
        },
        depth: eventDepth(run) + 1,
        causeIntentId: intent.id,
      },
      'runtime',
    );
}

/** How many runs in a row led to this one by events; 0 for one that a time or a person started. */
export function eventDepth(run: Pick<Run, 'execution'>): number {
  const event = firedEventSchema.safeParse(run.execution.metadata['event']);
  return event.success ? event.data.depth : 0;
}
