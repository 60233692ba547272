import type { RunAction } from '../domain/run/status.ts';
import type { IntentOutcome } from '../domain/intent/event-name.ts';
import type { IntentAction } from '../domain/intent/status.ts';
import type { Write } from './database.ts';
import { deriveProgress } from './goal-store.ts';
import { getStandingOfIntent, transitionIntent, type IntentStanding } from './intent-store.ts';
import { countWaiting } from './missed-time-store.ts';
import { withdrawAsks } from './run-ask-store.ts';
import { retryEnded } from './run-retry-store.ts';
import { noteRunEnd } from './note-run-end.ts';
import { endOpenStages } from './run-stage-store.ts';
import { transitionRun } from './transition-run.ts';

type EndAction = Extract<
  RunAction,
  'apply' | 'complete' | 'discard' | 'fail' | 'time_out' | 'stop' | 'reject'
>;

const intentActionOf: Record<EndAction, IntentAction> = {
  apply: 'complete',
  complete: 'complete',
  discard: 'cancel',
  fail: 'fail',
  time_out: 'time_out',
  // Stopped is not called off: the owner may want the same work again, which `cancel` rules out for good.
  stop: 'fail',
  reject: 'cancel',
};

const outcomeOf: Record<EndAction, IntentOutcome> = {
  apply: 'completed',
  complete: 'completed',
  discard: 'cancelled',
  fail: 'failed',
  time_out: 'timeout',
  stop: 'cancelled',
  reject: 'cancelled',
};

/**
 * Ends a run with all that follows from it in the same transaction: its open stages, its intent's status, its retry, its goal's progress, and the events
 * that others wait for.
 */
export function endRun(
  write: Write,
  runId: string,
  on: EndAction,
  actor: string,
  options: Parameters<typeof transitionRun>[4] = {},
): void {
  transitionRun(write, runId, on, actor, options);
  withdrawAsks(write, runId);
  endOpenStages(write, runId, on === 'fail' || on === 'time_out');
  const intent = getStandingOfIntent(write, runId);
  if (intent.status === 'running')
    transitionIntent(write, intent.id, comesAgain(write, intent) ? 'rearm' : intentActionOf[on], actor);
  if (on === 'fail' || on === 'time_out') retryEnded(write, runId);
  // A run whose retry is queued has not said its last word.
  if (getStandingOfIntent(write, runId).status !== 'running') noteRunEnd(write, runId, intent, outcomeOf[on]);
  if (intent.goalId !== null) deriveProgress(write, intent.goalId, actor);
}

/** Whether an intent waits for another time, or for a hand or an event, once its run has ended. */
function comesAgain(write: Write, intent: IntentStanding): boolean {
  return (
    intent.nextDueAt !== null ||
    intent.trigger === 'manual' ||
    intent.trigger === 'event' ||
    // Turned off while its run worked: it waits to be turned on.
    (!intent.enabled && (intent.trigger === 'cron' || intent.trigger === 'interval')) ||
    countWaiting(write, intent.id) > 0
  );
}
