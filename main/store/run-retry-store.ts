import { endingsOf, retryDelay } from '../domain/intent/retry-policy.ts';
import { firedEventSchema } from '../domain/intent/fired-event.ts';
import type { Run } from '../domain/run/run.ts';
import { FailureError } from '../shared/result.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Read, Write } from './database.ts';
import { enqueueRun } from './enqueue-run.ts';
import { getIntent, transitionIntent } from './intent-store.ts';
import { appendRunEvents } from './run-event-store.ts';
import { int, intOrNull, text, textOrNull } from './row.ts';
import { getRun } from './run-store.ts';

/**
 * Retries that Homer makes by itself. A retry is queued in the transaction that ends the run it follows, with the time it may start: so a
 * host that is killed never leaves a failed run without its retry, and none is made twice.
 *
 * While a retry waits its intent is running, like one with a run at work: a planned time that comes meanwhile is missed by the intent's
 * misfire policy, and the retry stands.
 */

/** Holds for a queued run `run` that may be claimed at `:now`. A clock that was set back before the run was made holds nothing back. */
export const MAY_START = `(run.not_before IS NULL OR run.not_before <= :now OR run.created_at > :now)`;

/** When the next waiting retry may start; null when none waits. */
export function nextRetryTime(read: Read): string | null {
  const row = read
    .prepare(`SELECT MIN(not_before) AS next FROM run WHERE status = 'queued' AND not_before IS NOT NULL`)
    .get();
  return row ? textOrNull(row, 'next') : null;
}

/** Queues the retry of a run that has just ended, when its intent's policy has one left for this ending. */
export function retryEnded(write: Write, runId: string): void {
  const run = getRun(write, runId);
  const endings = endingsOf(run.status, run.errorTag, run.error);
  if (endings.length === 0) return;
  const intent = getIntent(write, run.intentId);
  const policy = intent.retryPolicy;
  const earlier = run.retryNumber ?? 0;
  if (!intent.enabled || earlier >= policy.count || !endings.some((ending) => policy.on.includes(ending)))
    return;
  if (intent.status === 'failed' || intent.status === 'timeout')
    transitionIntent(write, intent.id, 'retry', 'runtime');
  else if (intent.status !== 'scheduled') return;
  const afterMs = retryDelay(policy, earlier, runId);
  const notBefore = formatTime(parseTime(write.now) + afterMs);
  // The same work: what the event that started it said goes with it.
  const event = firedEventSchema.safeParse(run.execution.metadata['event']);
  const next = enqueueRun(write, intent.id, {
    gate: { start: 'queued', held: [] },
    triggeredBy: 'retry',
    executorLabel: run.executorLabel,
    actor: 'runtime',
    retryOfRunId: runId,
    nominalAt: null,
    ...(event.success ? { event: event.data } : {}),
    waits: { notBefore, retryNumber: earlier + 1 },
  });
  appendRunEvents(write, runId, [
    {
      type: 'retry',
      payload: {
        step: run.step,
        reason: `${placeOf(earlier + 1, policy.count)}, as #${String(next.number)}.`,
        afterMs,
      },
    },
  ]);
  write.emit({
    type: 'runRetryScheduled',
    entity: 'run',
    entityId: runId,
    actor: 'runtime',
    payload: { number: run.number, nextRunId: next.id, nextNumber: next.number, notBefore, afterMs },
  });
}

function placeOf(retry: number, count: number): string {
  return `Tries again by itself (attempt ${String(retry + 1)} of ${String(count + 1)})`;
}

export interface WaitingRetry {
  readonly runId: string;
  readonly number: number;
  readonly notBefore: string;
  /** Its place in the row: attempt 2 of 4, say. */
  readonly attempt: number;
  readonly of: number;
}

/** The retry of this run's intent that waits for its time; null when none does. Asked of the waiting run or any before it. */
export function findWaitingRetry(read: Read, runId: string): WaitingRetry | null {
  const row = read
    .prepare(
      `SELECT next.id, next.number, next.not_before, next.retry_number, intent.retry_policy ->> '$.count' AS count
       FROM run JOIN run AS next ON next.intent_id = run.intent_id JOIN intent ON intent.id = run.intent_id
       WHERE run.id = ? AND next.status = 'queued' AND next.retry_number > 0 AND next.not_before IS NOT NULL
         AND next.started_at IS NULL
       ORDER BY next.attempt DESC LIMIT 1`,
    )
    .get(runId);
  if (!row) return null;
  const attempt = int(row, 'retry_number') + 1;
  return {
    runId: text(row, 'id'),
    number: int(row, 'number'),
    notBefore: text(row, 'not_before'),
    attempt,
    of: Math.max(attempt, (intOrNull(row, 'count') ?? 0) + 1),
  };
}

/** Lets a waiting retry start at once. `not_waiting` when none waits: a second press changes nothing. */
export function retryNow(write: Write, runId: string, actor: string): Run {
  const waiting = needWaitingRetry(write, runId);
  write
    .prepare(
      `UPDATE run SET not_before = NULL, queued_at = ?, version = version + 1, updated_at = ? WHERE id = ? AND status = 'queued'`,
    )
    .run(write.now, write.now, waiting.runId);
  const run = getRun(write, waiting.runId);
  appendRunEvents(write, run.id, [
    { type: 'retry', payload: { step: run.step, reason: `${actor} lets it start now.`, afterMs: 0 } },
  ]);
  write.emit({ type: 'runRetryChanged', entity: 'run', entityId: run.id, actor, payload: { on: 'now' } });
  return run;
}

export function needWaitingRetry(read: Read, runId: string): WaitingRetry {
  const waiting = findWaitingRetry(read, runId);
  if (waiting) return waiting;
  throw new FailureError({
    tag: 'not_waiting',
    message: 'No retry of this run is waiting.',
    hint: 'It has started already, or was cancelled; look at the run again.',
  });
}
