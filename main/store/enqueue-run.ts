import type { Intent } from '../domain/intent/intent.ts';
import { eventText, type FiredEvent } from '../domain/intent/fired-event.ts';
import type { GateVerdict } from '../domain/risk/gate.ts';
import { AUTO, AUTO_LABEL } from '../domain/run/task-type.ts';
import type { TriggeredBy } from '../domain/run/status.ts';
import type { Write } from './database.ts';
import { deriveProgress } from './goal-store.ts';
import { getIntent, insertIntent, moveIntent, type NewIntent } from './intent-store.ts';
import { insertRun, type NewRun, type QueuedRun } from './insert-run.ts';

/** Creates an intent and its first run in this transaction: neither is ever there without the other. */
export function createIntentWithRun(
  write: Write,
  intent: NewIntent,
  options: { gate: GateVerdict; triggeredBy: TriggeredBy; executorLabel: string; actor: string },
): QueuedRun {
  const made = insertIntent(write, intent, options.actor);
  // More to do: what was finished counts for less.
  if (intent.goalId !== null) deriveProgress(write, intent.goalId, options.actor);
  return enqueueRun(write, made, { ...options, retryOfRunId: null, nominalAt: null, first: true });
}

/** Queues the next run of an intent that is pending or scheduled, or holds it as a draft when the gate says so. */
export function enqueueRun(
  write: Write,
  given: string | Intent,
  options: {
    gate: GateVerdict;
    triggeredBy: TriggeredBy;
    executorLabel: string;
    actor: string;
    retryOfRunId: string | null;
    nominalAt: string | null;
    /** The step of the run it retries whose checkpoint it goes on from. */
    fromStep?: number | undefined;
    /** The intent was made in this transaction. */
    first?: boolean;
    /** What started it, for an intent that waits for an event; the run is told. */
    event?: FiredEvent;
    /** Of a retry that Homer makes by itself. */
    waits?: NonNullable<NewRun['waits']>;
  },
): QueuedRun {
  const { event } = options;
  const intent = typeof given === 'string' ? getIntent(write, given) : given;
  const intentId = intent.id;
  moveIntent(write, intent, intent.status === 'pending' ? ['schedule', 'start'] : ['start'], options.actor);
  return insertRun(
    write,
    {
      intentId,
      projectId: intent.projectId,
      proposalId: intent.sourceProposalId,
      goalId: intent.goalId,
      name: intent.name,
      goalText: event ? `${intent.query.trimEnd()}\n\n${eventText(event)}` : intent.query,
      retryOfRunId: options.retryOfRunId,
      fromStep: options.fromStep,
      runType: intent.execution.runType,
      triggeredBy: options.triggeredBy,
      executor: intent.executor,
      // Another may be chosen than for the run before.
      executorLabel:
        intent.executor === AUTO ? (intent.execution.executorLabel ?? AUTO_LABEL) : options.executorLabel,
      execution: event
        ? { ...intent.execution, metadata: { ...intent.execution.metadata, event } }
        : intent.execution,
      held: [...options.gate.held],
      status: options.gate.start,
      priority: intent.priority,
      nominalAt: options.nominalAt,
      first: options.first === true,
      ...(options.waits ? { waits: options.waits } : {}),
    },
    options.actor,
  );
}
