import { eventText, type FiredEvent } from '../domain/intent/fired-event.ts';
import type { Intent } from '../domain/intent/intent.ts';
import { riskGate } from '../domain/risk/gate.ts';
import type { TriggeredBy } from '../domain/run/status.ts';
import type { Write } from '../store/database.ts';
import { enqueueRun } from '../store/enqueue-run.ts';
import { getProject } from '../store/project-store.ts';
import type { QueuedRun } from '../store/insert-run.ts';
import { defaultBudgetOf } from './default-budget.ts';

/** Whether an intent has no run that is not ended; only then another may start. */
export function isFree(intent: Intent): boolean {
  return intent.status === 'pending' || intent.status === 'scheduled';
}

/** Queues the next run of an intent that is free, or holds it as a draft when the risk gate says so, what an event brought included. */
export function startIntentRun(
  write: Write,
  intent: Intent,
  at: { triggeredBy: TriggeredBy; actor: string; nominalAt: string | null; event?: FiredEvent },
): QueuedRun {
  const project = getProject(write, intent.projectId);
  const shellCommand = intent.execution.shellCommand ?? project.shellCommand;
  return enqueueRun(write, intent, {
    gate: riskGate({
      profile: project.riskProfile,
      text: [
        intent.query,
        shellCommand,
        JSON.stringify(intent.execution.metadata),
        at.event ? eventText(at.event) : '',
      ].join('\n'),
      budget: intent.execution.budget,
      defaults: defaultBudgetOf(write),
      enforceable: true,
      patterns: project.sensitivePatterns,
      approvedByOwner: false,
    }),
    executorLabel: intent.execution.executorLabel ?? intent.executor,
    retryOfRunId: null,
    ...at,
  });
}
