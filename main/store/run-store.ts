import type { Execution } from '../domain/intent/intent.ts';
import { step as stepMachine } from '../domain/machine.ts';
import type { DomainEventType } from '../domain/event.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { Run, TestEvidence } from '../domain/run/run.ts';
import {
  runEnded,
  runMachine,
  type RunAction,
  type RunStatus,
  type RunType,
  type TriggeredBy,
} from '../domain/run/status.ts';
import { FailureError, unwrap } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { appendRunEvents, insertRunEvents } from './run-event-store.ts';
import { bool, int, intOrNull, json, jsonOrNull, notFound, staleVersion, text, textOrNull } from './row.ts';

const SELECT = `SELECT run.*, project.name AS project_name FROM run JOIN project ON project.id = run.project_id`;

function toRun(row: Row): Run {
  return {
    id: text(row, 'id'),
    number: int(row, 'number'),
    version: int(row, 'version'),
    intentId: text(row, 'intent_id'),
    projectId: text(row, 'project_id'),
    projectName: text(row, 'project_name'),
    proposalId: textOrNull(row, 'proposal_id'),
    goalId: textOrNull(row, 'goal_id'),
    name: text(row, 'name'),
    goalText: text(row, 'goal_text'),
    attempt: int(row, 'attempt'),
    retryOfRunId: textOrNull(row, 'retry_of_run_id'),
    notBefore: textOrNull(row, 'not_before'),
    retryNumber: int(row, 'retry_number'),
    planVersion: intOrNull(row, 'plan_version'),
    runType: text(row, 'run_type') as RunType,
    triggeredBy: text(row, 'triggered_by') as TriggeredBy,
    status: text(row, 'status') as RunStatus,
    executor: text(row, 'executor'),
    executorLabel: text(row, 'executor_label'),
    execution: json<Execution>(row, 'execution'),
    held: json<Run['held']>(row, 'held'),
    worktree: textOrNull(row, 'worktree'),
    baseCommit: textOrNull(row, 'base_commit'),
    branch: textOrNull(row, 'branch'),
    headCommit: textOrNull(row, 'head_commit'),
    appliedCommit: textOrNull(row, 'applied_commit'),
    rolledBackCommit: textOrNull(row, 'rolled_back_commit'),
    rolledBackAt: textOrNull(row, 'rolled_back_at'),
    step: int(row, 'step'),
    tokensIn: int(row, 'tokens_in'),
    tokensOut: int(row, 'tokens_out'),
    tokensCached: int(row, 'tokens_cached'),
    costMicroUsd: int(row, 'cost_micro_usd'),
    filesChanged: int(row, 'files_changed'),
    additions: int(row, 'additions'),
    deletions: int(row, 'deletions'),
    exitCode: intOrNull(row, 'exit_code'),
    errorTag: textOrNull(row, 'error_tag'),
    error: textOrNull(row, 'error'),
    question: textOrNull(row, 'question'),
    sessionId: textOrNull(row, 'session_id'),
    testBefore: jsonOrNull<TestEvidence>(row, 'test_before'),
    testAfter: jsonOrNull<TestEvidence>(row, 'test_after'),
    recoveries: int(row, 'recoveries'),
    queuedAt: textOrNull(row, 'queued_at'),
    startedAt: textOrNull(row, 'started_at'),
    endedAt: textOrNull(row, 'ended_at'),
    activeMs: int(row, 'active_ms'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  };
}

/** What the loop alone needs to know of a run. */
export interface RunLoopState {
  readonly stepBase: number;
  readonly requested: '' | 'pause' | 'pause_now' | 'stop';
  readonly leaseOwner: string | null;
  /** Paused, or asked to, because everything was. */
  readonly byHold: boolean;
}

/** The run; throws `not_found`. */
export function getRun(read: Read, id: string): Run {
  const row = read.prepare(`${SELECT} WHERE run.id = ?`).get(id);
  if (!row) throw notFound('run', id);
  return toRun(row);
}

/** Those of these runs that are there. */
export function findRuns(read: Read, ids: readonly string[]): Run[] {
  return read
    .prepare(`${SELECT} WHERE run.id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(ids))
    .map(toRun);
}

export function getRunLoopState(read: Read, id: string): RunLoopState {
  const row = read.prepare('SELECT step_base, requested, lease_owner, by_hold FROM run WHERE id = ?').get(id);
  if (!row) throw notFound('run', id);
  return {
    stepBase: int(row, 'step_base'),
    requested: text(row, 'requested') as RunLoopState['requested'],
    leaseOwner: textOrNull(row, 'lease_owner'),
    byHold: bool(row, 'by_hold'),
  };
}

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

const eventOf: Record<RunAction, DomainEventType> = {
  approve: 'runQueued',
  reject: 'runRejected',
  claim: 'runStarted',
  end_turn: 'runTurnEnded',
  next_step: 'stepValidated',
  offer_review: 'runReadyToReview',
  complete: 'runCompleted',
  apply: 'runApplied',
  discard: 'runDiscarded',
  request_changes: 'runQueued',
  block: 'runBlocked',
  answer: 'runQueued',
  time_out: 'runTimedOut',
  fail: 'runFailed',
  pause: 'runPaused',
  resume: 'runQueued',
  stop: 'runStopped',
  adopt: 'runRecovered',
  recover: 'runRecovered',
};

/** Where a run stands, without its texts: every transition reads this, so it is kept small. */
function getStanding(
  read: Read,
  id: string,
): Pick<Run, 'status' | 'version' | 'number' | 'exitCode' | 'proposalId'> & { leaseOwner: string | null } {
  const row = read
    .prepare('SELECT status, version, number, exit_code, proposal_id, lease_owner FROM run WHERE id = ?')
    .get(id);
  if (!row) throw notFound('run', id);
  return {
    status: text(row, 'status') as RunStatus,
    version: int(row, 'version'),
    number: int(row, 'number'),
    exitCode: intOrNull(row, 'exit_code'),
    proposalId: textOrNull(row, 'proposal_id'),
    leaseOwner: textOrNull(row, 'lease_owner'),
  };
}

/** A host that slept through its lease learns here that another has the run: nothing it says of it is written any more. */
export function leaseLost(number: number): FailureError {
  return new FailureError({
    tag: 'lease_lost',
    message: `Run ${String(number)} is in the hands of another host.`,
    hint: 'This host has let go of it; look at the run to see how it goes on.',
  });
}

/** Throws `lease_lost` when another host has the run: for writes of a stage, which move no run. */
export function guardLease(write: Write, id: string): void {
  const { leaseOwner, number } = getStanding(write, id);
  if (leaseOwner !== null && leaseOwner !== write.owner) throw leaseLost(number);
}

/** Whether an error says that the run has another owner now. */
export function isLeaseLost(error: unknown): error is FailureError {
  return error instanceof FailureError && error.failure.tag === 'lease_lost';
}

/** Columns that may change together with a status. */
export interface RunChanges {
  readonly errorTag?: string | null;
  readonly error?: string | null;
  readonly question?: string | null;
  readonly appliedCommit?: string;
  readonly exitCode?: number | null;
}

/**
 * Moves a run by one row of its machine, with its event in the timeline and in the stream, in this transaction.
 * Throws `illegal_transition`, `stale_version` when it moved on meanwhile, or `lease_lost` when another host has it.
 */
export function transitionRun(
  write: Write,
  id: string,
  on: RunAction,
  actor: string,
  options: {
    version?: number | undefined;
    reason?: string;
    changes?: RunChanges;
    payload?: JsonObject;
    /** A recovery that is nobody's fault, such as after an orderly quit, does not count. */
    counted?: boolean;
  } = {},
): RunStatus {
  const run = getStanding(write, id);
  if (options.version !== undefined && run.version !== options.version) throw staleVersion('run');
  if (run.leaseOwner !== null && run.leaseOwner !== write.owner) throw leaseLost(run.number);
  const to = unwrap(stepMachine(runMachine, run.status, on));
  const ended = runEnded(to);
  const working = to === 'running' || to === 'validating';
  const set = { errorTag: null, error: null, question: null, exitCode: run.exitCode, ...options.changes };
  const moved = write
    .prepare(
      `UPDATE run SET status = :to, version = version + 1, updated_at = :now, event_seq = event_seq + 1,
         error_tag = :errorTag, error = :error, question = :question, exit_code = :exitCode,
         applied_commit = COALESCE(:appliedCommit, applied_commit),
         requested = CASE WHEN :working THEN requested ELSE '' END,
         queued_at = CASE WHEN :to = 'queued' THEN :now ELSE queued_at END,
         started_at = CASE WHEN :on = 'claim' AND started_at IS NULL THEN :now ELSE started_at END,
         ended_at = CASE WHEN :ended THEN :now ELSE NULL END,
         lease_owner = CASE WHEN :working THEN lease_owner ELSE NULL END,
         lease_until = CASE WHEN :working THEN lease_until ELSE NULL END,
         recoveries = recoveries + CASE WHEN :on = 'recover' AND :counted THEN 1 ELSE 0 END,
         by_hold = CASE WHEN :working OR :to = 'paused' THEN by_hold ELSE 0 END
       WHERE id = :id AND status = :from RETURNING event_seq`,
    )
    .get({
      id,
      on,
      from: run.status,
      to,
      now: write.now,
      working: working ? 1 : 0,
      ended: ended ? 1 : 0,
      counted: options.counted === false ? 0 : 1,
      errorTag: set.errorTag,
      error: set.error,
      question: set.question,
      exitCode: set.exitCode,
      appliedCommit: options.changes?.appliedCommit ?? null,
    });
  if (!moved) throw staleVersion('run');
  insertRunEvents(write, id, int(moved, 'event_seq'), [
    {
      type: 'status_changed',
      payload: {
        from: run.status,
        to,
        on,
        actor,
        ...(options.reason === undefined ? {} : { reason: options.reason }),
      },
    },
  ]);
  write.emit({
    type: eventOf[on],
    entity: 'run',
    entityId: id,
    actor,
    payload: { from: run.status, to, number: run.number, proposalId: run.proposalId, ...options.payload },
  });
  return to;
}

/**
 * Notes that an applied run was rolled back (`commit`), or that it was applied again (`null` and the new `appliedCommit`). The status
 * stays: `applied` is an end state. Throws `stale_version` when the run is not as the caller saw it.
 */
export function noteRollBack(
  write: Write,
  id: string,
  version: number,
  facts: { commit: string } | { appliedCommit: string },
  actor: string,
): void {
  const commit = 'commit' in facts ? facts.commit : null;
  const { changes } = write
    .prepare(
      `UPDATE run SET rolled_back_commit = :commit, rolled_back_at = CASE WHEN :commit IS NULL THEN NULL ELSE :now END,
         applied_commit = COALESCE(:applied, applied_commit), version = version + 1, updated_at = :now
       WHERE id = :id AND version = :version AND status = 'applied' AND (rolled_back_commit IS NULL) = (:commit IS NOT NULL)`,
    )
    .run({
      id,
      version,
      now: write.now,
      commit,
      applied: 'appliedCommit' in facts ? facts.appliedCommit : null,
    });
  if (changes !== 1) throw staleVersion('run');
  const { number, proposalId } = getStanding(write, id);
  write.emit({
    type: commit === null ? 'runApplied' : 'runRolledBack',
    entity: 'run',
    entityId: id,
    actor,
    payload: { number, proposalId },
  });
}

/** Of these ids, the runs that have ended. */
export function endedAmong(read: Read, ids: readonly string[]): string[] {
  return read
    .prepare('SELECT id FROM run WHERE id IN (SELECT value FROM json_each(?)) AND ended_at IS NOT NULL')
    .all(JSON.stringify(ids))
    .map((row) => text(row, 'id'));
}

/** Tells live views that facts of a run changed though its status did not. */
export function announceRun(write: Write, id: string): void {
  write.emit({ type: 'runChanged', entity: 'run', entityId: id, actor: 'runtime' });
}

/** Asks the loop for something at its next safe point. */
export function requestOfRun(
  write: Write,
  id: string,
  requested: RunLoopState['requested'],
  actor: string,
  byHold = false,
): void {
  write
    .prepare('UPDATE run SET requested = ?, by_hold = ?, updated_at = ? WHERE id = ?')
    .run(requested, byHold ? 1 : 0, write.now, id);
  write.emit({ type: 'runChanged', entity: 'run', entityId: id, actor, payload: { requested } });
}

/** What an attempt has used of its budget; steps are counted by its checkpoints. */
export function getAttemptSpent(
  read: Read,
  id: string,
): { durationMs: number; tokens: number; costMicroUsd: number } {
  const row = read
    .prepare(
      `SELECT active_ms, tokens_in + tokens_out - tokens_base AS tokens, cost_micro_usd - cost_base AS cost FROM run WHERE id = ?`,
    )
    .get(id);
  if (!row) throw notFound('run', id);
  return { durationMs: int(row, 'active_ms'), tokens: int(row, 'tokens'), costMicroUsd: int(row, 'cost') };
}

/** Time that earlier attempts on the same run worked, in milliseconds. */
export function getEarlierMs(read: Read, id: string): number {
  const row = read.prepare('SELECT earlier_ms FROM run WHERE id = ?').get(id);
  if (!row) throw notFound('run', id);
  return int(row, 'earlier_ms');
}

/** A stage had to be taken up again after a crash, while its run goes on. */
export function countRecovery(write: Write, id: string): void {
  write.prepare('UPDATE run SET recoveries = recoveries + 1 WHERE id = ?').run(id);
}

/** Starts another attempt on the same run: its steps, and all of its budget, count from here. */
export function beginAttempt(write: Write, id: string, feedback: string): void {
  write
    .prepare(
      `UPDATE run SET attempt = (SELECT MAX(attempt) + 1 FROM run AS other WHERE other.intent_id = run.intent_id), step_base = step,
         earlier_ms = earlier_ms + active_ms, active_ms = 0, tokens_base = tokens_in + tokens_out, cost_base = cost_micro_usd
       WHERE id = ?`,
    )
    .run(id);
  const { attempt } = getRun(write, id);
  appendRunEvents(write, id, [{ type: 'attempt_started', payload: { attempt, feedback } }]);
}

export function listRunIdsByStatus(read: Read, statuses: readonly RunStatus[]): string[] {
  return read
    .prepare('SELECT id FROM run WHERE status IN (SELECT value FROM json_each(?)) ORDER BY number')
    .all(JSON.stringify(statuses))
    .map((row) => text(row, 'id'));
}

export function countRunsByStatus(read: Read, statuses: readonly RunStatus[]): number {
  const row = read
    .prepare('SELECT COUNT(*) AS total FROM run WHERE status IN (SELECT value FROM json_each(?))')
    .get(JSON.stringify(statuses));
  return row ? int(row, 'total') : 0;
}
