import type { Run } from '../domain/run/run.ts';
import type { Write } from './database.ts';
import { intOrNull } from './row.ts';
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
  /** The step of the run it retries whose checkpoint it goes on from. */
  readonly fromStep?: number | undefined;
  /** The intent was made in this transaction, and has no run yet. */
  readonly first?: boolean;
  /** Of a retry that Homer makes by itself: the earliest time it may be claimed, and its place in the row. */
  readonly waits?: { readonly notBefore: string; readonly retryNumber: number };
};

/** What making a run tells of it. */
export type QueuedRun = Pick<Run, 'id' | 'number' | 'intentId' | 'attempt' | 'status'>;

const INSERT = `INSERT INTO run (id, number, intent_id, project_id, proposal_id, goal_id, name, goal_text, attempt, retry_of_run_id, from_step, run_type,
    triggered_by, nominal_at, status, priority, executor, executor_label, execution, held, queued_at, not_before, retry_number,
    plan_version, event_seq, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 2, ?, ?)`;

/**
 * The last number given in a transaction. Only `insertRun` numbers runs, and a transaction that is undone takes its handle along; so the
 * second of a batch need not look again.
 */
const lastNumbers = new WeakMap<Write, number>();

/**
 * What the next run takes from those there are, each asked only where it is not known. By statements of their own: sub-selects in the
 * insert, and a row that it gives back, cost twice the insert. Nobody comes between, since the transaction holds the one write lock.
 */
function nextNumber(write: Write): number {
  const known = lastNumbers.get(write);
  const next = 1 + (known ?? whole(write, 'SELECT COALESCE(MAX(number), 0) AS value FROM run') ?? 0);
  lastNumbers.set(write, next);
  return next;
}

function nextAttempt(write: Write, run: NewRun): number {
  if (run.first === true) return 1;
  return (
    1 +
    (whole(write, 'SELECT COALESCE(MAX(attempt), 0) AS value FROM run WHERE intent_id = ?', run.intentId) ??
      0)
  );
}

/** Of the run that is tried again, else of the proposal as it stands. */
function planVersion(write: Write, { retryOfRunId, proposalId }: NewRun): number | null {
  const before =
    retryOfRunId === null
      ? null
      : whole(write, 'SELECT plan_version AS value FROM run WHERE id = ?', retryOfRunId);
  if (before !== null || proposalId === null) return before;
  return whole(write, 'SELECT NULLIF(plan_version, 0) AS value FROM proposal WHERE id = ?', proposalId);
}

function whole(write: Write, sql: string, ...values: string[]): number | null {
  const row = write.prepare(sql).get(...values);
  return row ? intOrNull(row, 'value') : null;
}

/** Adds the next attempt of an intent. */
export function insertRun(write: Write, run: NewRun, actor: string): QueuedRun {
  const id = write.nextId();
  const number = nextNumber(write);
  const attempt = nextAttempt(write, run);
  // In line from the time it may be claimed, so that what waits for long does not stand before what waits for a place.
  const queuedAt = run.status === 'queued' ? (run.waits?.notBefore ?? write.now) : null;
  write
    .prepare(INSERT)
    .run(
      id,
      number,
      run.intentId,
      run.projectId,
      run.proposalId,
      run.goalId,
      run.name,
      run.goalText,
      attempt,
      run.retryOfRunId,
      run.fromStep ?? null,
      run.runType,
      run.triggeredBy,
      run.nominalAt,
      run.status,
      run.priority,
      run.executor,
      run.executorLabel,
      JSON.stringify(run.execution),
      JSON.stringify(run.held),
      queuedAt,
      run.waits?.notBefore ?? null,
      run.waits?.retryNumber ?? 0,
      planVersion(write, run),
      write.now,
      write.now,
    );
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
