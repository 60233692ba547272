import type { AccountGrant, ChildRecord, Runner, TurnEnding } from '../agents/runner.ts';
import type { NewRunEvent } from '../domain/run/run-event.ts';
import { budgetSpent, defaultBudget } from '../domain/run/budget.ts';
import { plannerReplyJsonSchema } from '../domain/proposal/planner-reply.ts';
import type { Project } from '../domain/project/project.ts';
import type { Log } from '../shared/log.ts';
import { messageOf, ok, type Result } from '../shared/result.ts';
import { deletePlanningChild, putPlanningChild, type PlanningChild } from '../store/planning-child-store.ts';
import type { Store } from '../store/store.ts';
import type { LentPlace } from './planner-place.ts';

export interface PlanningOrder {
  readonly proposalId: string;
  readonly attempt: number;
  readonly step: number;
  readonly executor: string;
  readonly model: string | null;
  readonly project: Project;
  readonly place: LentPlace;
  readonly prompt: string;
  readonly sessionId: string | null;
  readonly account: AccountGrant | null;
  readonly timeLimitMs: number;
  /** What is left for this plan; null: no limit. */
  readonly costLeftMicroUsd: number | null;
}

export interface PlanningOutcome {
  readonly ending: TurnEnding;
  /** Calls of the model that were told of, one at least. */
  readonly requests: number;
  /** It was ended because it cost more than it may. */
  readonly tooDear: boolean;
}

/**
 * One turn of a planner, through the runner as any turn: recorded before it passes its gate, so that a later host ends what this one leaves
 * when it is killed. Its events are not kept, only how it ended. `signal` ends its whole tree.
 */
export async function takePlanningTurn(
  { store, runner, log }: { store: Store; runner: Runner; log: Log },
  order: PlanningOrder,
  signal: AbortSignal,
): Promise<Result<PlanningOutcome>> {
  const { proposalId, attempt, step, project, costLeftMicroUsd } = order;
  let requests = 0;
  let costMicroUsd = 0;
  const cost = { tooDear: false };
  let stop: () => void = () => undefined;
  const events = (batch: readonly NewRunEvent[]): void => {
    for (const event of batch)
      if (event.type === 'usage') {
        requests += 1;
        costMicroUsd += event.payload.costMicroUsd ?? 0;
      }
    const budget = { ...defaultBudget, costMicroUsd: costLeftMicroUsd ?? 0 };
    if (cost.tooDear || !budgetSpent(budget, { steps: 0, durationMs: 0, tokens: 0, costMicroUsd })) return;
    cost.tooDear = true;
    stop();
  };
  const started = await runner.start(
    {
      runId: proposalId,
      step,
      attempt,
      runKey: `${proposalId}:plan:${String(attempt)}`,
      executor: order.executor,
      shellCommand: null,
      testCommand: null,
      model: order.model,
      worktree: order.place.path,
      projectPath: project.localPath,
      baseCommit: order.place.commit,
      prompt: order.prompt,
      sessionId: order.sessionId,
      reported: null,
      policy: project.pathPolicy,
      riskProfile: 'strict',
      reading: { schema: plannerReplyJsonSchema },
      budget: { ...defaultBudget, durationMs: order.timeLimitMs },
      costLeftMicroUsd,
      turnLimit: null,
      account: order.account,
      mcp: null,
      timeLimitMs: order.timeLimitMs,
      verbose: false,
    },
    {
      recordChild(record) {
        if (signal.aborted) throw new Error('planning was cancelled');
        store.write((write) => {
          putPlanningChild(write, childOf(record, order));
        });
      },
      events,
    },
  );
  if (!started.ok) {
    store.write((write) => {
      deletePlanningChild(write, proposalId);
    });
    return started;
  }
  const turn = started.value;
  const end = (reason: 'cancelled' | 'timed_out') => (): void => {
    turn.end(reason).catch((error: unknown) => {
      log.error('a planner could not be ended', { proposalId, error: messageOf(error) });
    });
  };
  const cancel = end('cancelled');
  stop = end('timed_out');
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  if (cost.tooDear) stop();
  try {
    return ok({ ending: await turn.ended, requests: Math.max(1, requests), tooDear: cost.tooDear });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function childOf({ identity, spool, deadline }: ChildRecord, order: PlanningOrder): PlanningChild {
  return {
    proposalId: order.proposalId,
    attempt: order.attempt,
    step: order.step,
    ...identity,
    worktree: order.place.path,
    spool,
    executor: order.executor,
    accountId: order.account?.id ?? null,
    model: order.model,
    deadline,
  };
}
