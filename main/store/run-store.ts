import type { Execution } from '../domain/intent/intent.ts';
import type { Run, TestEvidence } from '../domain/run/run.ts';
import type { RunStatus, RunType, TriggeredBy } from '../domain/run/status.ts';
import type { Read, Row } from './database.ts';
import { costStateOfRow } from './cost-state-row.ts';
import { int, intOrNull, json, jsonOrNull, notFound, text, textOrNull } from './row.ts';

const SELECT = `SELECT run.*, project.name AS project_name, 
    (SELECT label FROM executor_account WHERE id = run.executor_account_id) AS account_label
  FROM run JOIN project ON project.id = run.project_id`;

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
    fromStep: intOrNull(row, 'from_step'),
    notBefore: textOrNull(row, 'not_before'),
    retryNumber: int(row, 'retry_number'),
    planVersion: intOrNull(row, 'plan_version'),
    runType: text(row, 'run_type') as RunType,
    triggeredBy: text(row, 'triggered_by') as TriggeredBy,
    status: text(row, 'status') as RunStatus,
    executor: text(row, 'executor'),
    executorLabel: text(row, 'executor_label'),
    accountLabel: textOrNull(row, 'account_label'),
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
    costState: costStateOfRow(row),
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

/** Of these ids, the runs that have ended. */
export function endedAmong(read: Read, ids: readonly string[]): string[] {
  return read
    .prepare('SELECT id FROM run WHERE id IN (SELECT value FROM json_each(?)) AND ended_at IS NOT NULL')
    .all(JSON.stringify(ids))
    .map((row) => text(row, 'id'));
}

export function listRunIdsByStatus(read: Read, statuses: readonly RunStatus[]): string[] {
  return read
    .prepare('SELECT id FROM run WHERE status IN (SELECT value FROM json_each(?)) ORDER BY number')
    .all(JSON.stringify(statuses))
    .map((row) => text(row, 'id'));
}

export function countRuns(read: Read): number {
  const row = read.prepare('SELECT COUNT(*) AS total FROM run').get();
  return row ? int(row, 'total') : 0;
}

export function countRunsByStatus(read: Read, statuses: readonly RunStatus[]): number {
  const row = read
    .prepare('SELECT COUNT(*) AS total FROM run WHERE status IN (SELECT value FROM json_each(?))')
    .get(JSON.stringify(statuses));
  return row ? int(row, 'total') : 0;
}
