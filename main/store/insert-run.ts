import type { Run } from '../domain/run/run.ts';
import type { Write } from './database.ts';
import { int } from './row.ts';
import { insertRunEvents } from './run-event-store.ts';

export type NewRun = Pick<
  Run,
  | 'intentId'
  | 'projectId'
  | 'proposalId'
  | 'goalId'
  | 'name'
  | 'goalText'
  | 'retryOfRunId'
  | 'runType'
  | 'triggeredBy'
  | 'executor'
  | 'executorLabel'
  | 'execution'
  | 'held'
> & {
  readonly status: 'draft' | 'queued';
  readonly priority: number;
  readonly nominalAt: string | null;
  /** Of a retry that Homer makes by itself: the earliest time it may be claimed, and its place in the row. */
  readonly waits?: { readonly notBefore: string; readonly retryNumber: number };
};

/** What making a run tells of it. */
export type QueuedRun = Pick<Run, 'id' | 'number' | 'intentId' | 'attempt' | 'status'>;

/** Adds the next attempt of an intent. */
export function insertRun(write: Write, run: NewRun, actor: string): QueuedRun {
  const id = write.nextId();
  const row = write
    .prepare(
      `INSERT INTO run (id, number, intent_id, project_id, proposal_id, goal_id, name, goal_text, attempt, retry_of_run_id, run_type,
         triggered_by, nominal_at, status, priority, executor, executor_label, execution, held, queued_at, not_before, retry_number,
         plan_version, event_seq, created_at, updated_at)
       VALUES (:id, (SELECT COALESCE(MAX(number), 0) + 1 FROM run), :intentId, :projectId, :proposalId, :goalId, :name, :goalText,
         (SELECT COALESCE(MAX(attempt), 0) + 1 FROM run WHERE intent_id = :intentId), :retryOf, :runType, :triggeredBy, :nominalAt,
         :status, :priority, :executor, :executorLabel, :execution, :held, :queuedAt, :notBefore, :retryNumber,
         COALESCE((SELECT plan_version FROM run WHERE id = :retryOf),
           (SELECT NULLIF(plan_version, 0) FROM proposal WHERE id = :proposalId)), 2, :now, :now)
       RETURNING number, attempt`,
    )
    .get({
      id,
      intentId: run.intentId,
      projectId: run.projectId,
      proposalId: run.proposalId,
      goalId: run.goalId,
      name: run.name,
      goalText: run.goalText,
      retryOf: run.retryOfRunId,
      runType: run.runType,
      triggeredBy: run.triggeredBy,
      nominalAt: run.nominalAt,
      status: run.status,
      priority: run.priority,
      executor: run.executor,
      executorLabel: run.executorLabel,
      execution: JSON.stringify(run.execution),
      held: JSON.stringify(run.held),
      // In line from the time it may be claimed, so that what waits for long does not stand before what waits for a place.
      queuedAt: run.status === 'queued' ? (run.waits?.notBefore ?? write.now) : null,
      notBefore: run.waits?.notBefore ?? null,
      retryNumber: run.waits?.retryNumber ?? 0,
      now: write.now,
    });
  if (!row) throw new Error('A run was inserted, but not given back.');
  const [number, attempt] = [int(row, 'number'), int(row, 'attempt')];
  insertRunEvents(write, id, 2, [
    { type: 'attempt_started', payload: { attempt } },
    {
      type: 'status_changed',
      payload: { from: 'new', to: run.status, on: run.status === 'draft' ? 'hold' : 'enqueue', actor },
    },
  ]);
  write.emit({
    type: run.status === 'draft' ? 'runDrafted' : 'runQueued',
    entity: 'run',
    entityId: id,
    actor,
    payload: { number, name: run.name, proposalId: run.proposalId },
  });
  return { id, number, intentId: run.intentId, attempt, status: run.status };
}
