import type { Actor } from '../domain/decision/decision.ts';
import type { Run } from '../domain/run/run.ts';
import { FailureError } from '../shared/result.ts';
import type { Read, Write } from '../store/database.ts';
import { insertDecision, listDecisions } from '../store/decision-store.ts';
import { endRun } from '../store/end-run.ts';
import { enqueueRun } from '../store/enqueue-run.ts';
import { transitionIntent } from '../store/intent-store.ts';
import { listOpenAsks } from '../store/run-ask-store.ts';
import { settleAsk } from '../store/settle-ask.ts';
import { insertDirective } from '../store/run-directive-store.ts';
import { listCheckpoints } from '../store/run-step-store.ts';
import { listAttempts } from '../store/run-row-store.ts';
import { transitionRun } from '../store/transition-run.ts';

/** The decisions on a run that one transaction carries out; the caller has checked the version. */
export const decideRun = {
  approve(write: Write, run: Run, actor: Actor): void {
    recordRunDecision(write, run, 'approve', actor);
    transitionRun(write, run.id, 'approve', actor.name);
  },
  reject(write: Write, run: Run, actor: Actor, reason?: string): void {
    recordRunDecision(write, run, 'reject', actor, reason);
    endRun(write, run.id, 'reject', actor.name, reason === undefined ? {} : { reason });
  },
  answer(write: Write, run: Run, actor: Actor, text: string): void {
    recordRunDecision(write, run, 'answer', actor, text);
    const [ask] = listOpenAsks(write, run.id);
    if (ask) {
      if (ask.kind === 'permission')
        throw new FailureError({
          tag: 'permission_asked',
          message: 'This run asks for permission, not for words.',
          hint: 'Allow or deny it.',
        });
      settleAsk(write, ask, { on: 'answer', by: actor.name, text });
      return;
    }
    insertDirective(write, run.id, 'answer', text, actor.name);
    transitionRun(write, run.id, 'answer', actor.name);
  },
  /** Queues the next attempt, which goes on from the checkpoint of a step, or starts at the base; gives its id. */
  retry(write: Write, run: Run, actor: Actor, fromStep?: number): string {
    if (listAttempts(write, run.intentId).at(-1)?.id !== run.id)
      throw new FailureError({
        tag: 'already_decided',
        message: 'There is a newer attempt of this run.',
        hint: 'Open the newest attempt.',
      });
    if (fromStep !== undefined) mustHaveCheckpoint(write, run, fromStep);
    transitionIntent(write, run.intentId, 'retry', actor.name);
    recordRunDecision(write, run, 'retry', actor);
    return enqueueRun(write, run.intentId, {
      // One that was stopped before it was approved is held for the same reasons: a retry is no approval of them.
      gate: wasApproved(write, run) ? { start: 'queued', held: [] } : { start: 'draft', held: [...run.held] },
      triggeredBy: 'retry',
      executorLabel: run.executorLabel,
      actor: actor.name,
      retryOfRunId: run.id,
      fromStep,
      nominalAt: null,
    }).id;
  },
};

/** Only work that was found allowed and committed is gone on from; stages know by themselves what they need not do again. */
function mustHaveCheckpoint(read: Read, run: Run, fromStep: number): void {
  if (run.runType !== 'agent')
    throw new FailureError({
      tag: 'no_checkpoint',
      message: `A ${run.runType} does not go on from the checkpoint of a step.`,
      hint:
        run.runType === 'workflow'
          ? 'Retry it: stages that passed are not done again.'
          : 'Retry it from the start.',
    });
  const checkpoint = listCheckpoints(read, run.id).find(({ step }) => step === fromStep);
  if (!checkpoint?.commit || run.baseCommit === null)
    throw new FailureError({
      tag: 'no_checkpoint',
      message: `Run #${String(run.number)} has no checkpoint after step ${String(fromStep)}.`,
      hint: 'Choose another checkpoint, or retry from the start.',
    });
}

function wasApproved(read: Read, run: Run): boolean {
  return (
    run.held.length === 0 || listDecisions(read, 'run', run.id).some(({ action }) => action === 'approve')
  );
}

export function recordRunDecision(
  write: Write,
  run: Run,
  action: string,
  actor: Actor,
  reason?: string,
): void {
  insertDecision(write, {
    entity: 'run',
    entityId: run.id,
    entityVersion: run.version,
    action,
    actor,
    reason: reason ?? null,
    since: run.updatedAt,
    snapshot: {
      status: run.status,
      name: run.name,
      held: run.held.map((rule) => rule.rule),
      question: run.question,
    },
  });
}
