import type { RunRow } from '../domain/run/run.ts';
import type { RunStatus, RunType } from '../domain/run/status.ts';
import type { Read, Row } from './database.ts';
import { costStateOfRow } from './cost-state-row.ts';
import { bool, int, intOrNull, text, textOrNull } from './row.ts';
import { runWhere, type RunWhere } from './run-list-where.ts';

const SELECT = `SELECT run.id, run.number, run.version, run.project_id, project.name AS project_name, run.proposal_id, run.name, run.attempt, run.not_before,
    run.run_type, run.status, run.executor, run.executor_label, run.step - run.step_base AS step, run.cost_micro_usd, run.cost_known_turns,
    run.cost_unknown_turns, run.cost_plan_turns, run.tokens_in,
    run.tokens_out, run.files_changed, run.additions, run.deletions, run.error_tag, run.error, run.question, run.queued_at, run.started_at,
    run.ended_at, run.active_ms, run.created_at, run.updated_at, run.execution ->> '$.budget.steps' AS max_steps,
    run.execution ->> '$.dryRun' AS dry_run, run.test_before_exit, run.test_after_exit, run.has_tests,
    run.rolled_back_at, (SELECT label FROM executor_account WHERE id = run.executor_account_id) AS account_label
  FROM run JOIN project ON project.id = run.project_id`;

function toRow(row: Row): RunRow {
  return {
    id: text(row, 'id'),
    number: int(row, 'number'),
    version: int(row, 'version'),
    projectId: text(row, 'project_id'),
    projectName: text(row, 'project_name'),
    proposalId: textOrNull(row, 'proposal_id'),
    name: text(row, 'name'),
    attempt: int(row, 'attempt'),
    notBefore: textOrNull(row, 'not_before'),
    runType: text(row, 'run_type') as RunType,
    status: text(row, 'status') as RunStatus,
    executor: text(row, 'executor'),
    executorLabel: text(row, 'executor_label'),
    accountLabel: textOrNull(row, 'account_label'),
    step: int(row, 'step'),
    costMicroUsd: int(row, 'cost_micro_usd'),
    costState: costStateOfRow(row),
    tokensIn: int(row, 'tokens_in'),
    tokensOut: int(row, 'tokens_out'),
    filesChanged: int(row, 'files_changed'),
    additions: int(row, 'additions'),
    deletions: int(row, 'deletions'),
    errorTag: textOrNull(row, 'error_tag'),
    error: textOrNull(row, 'error')?.slice(0, 500) ?? null,
    question: textOrNull(row, 'question')?.slice(0, 500) ?? null,
    queuedAt: textOrNull(row, 'queued_at'),
    startedAt: textOrNull(row, 'started_at'),
    endedAt: textOrNull(row, 'ended_at'),
    activeMs: int(row, 'active_ms'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
    maxSteps: int(row, 'max_steps'),
    dryRun: int(row, 'dry_run') === 1,
    waiting: null,
    testBeforeExit: intOrNull(row, 'test_before_exit'),
    testAfterExit: intOrNull(row, 'test_after_exit'),
    hasTests: bool(row, 'has_tests'),
    rolledBackAt: textOrNull(row, 'rolled_back_at'),
  };
}

/** What each filter of the run list holds; null holds all. */
export const runFilterStatuses = {
  active: ['draft', 'queued', 'running', 'validating', 'blocked', 'paused', 'review'],
  needs_me: ['draft', 'blocked', 'review'],
  failed: ['failed', 'timeout'],
  all: null,
} as const satisfies Record<string, readonly RunStatus[] | null>;

export interface RunRowFilter extends RunWhere {
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Newest first. */
export function listRunRows(read: Read, { before, limit, ...filter }: RunRowFilter): RunRow[] {
  const { sql, values } = runWhere(filter);
  return read
    .prepare(`${SELECT} WHERE run.number < :before AND ${sql} ORDER BY run.number DESC LIMIT :limit`)
    .all({ ...values, before: before ?? Number.MAX_SAFE_INTEGER, limit })
    .map(toRow);
}

export function listRunRowsById(read: Read, ids: readonly string[]): RunRow[] {
  return read
    .prepare(`${SELECT} WHERE run.id IN (SELECT value FROM json_each(?)) ORDER BY run.number DESC`)
    .all(JSON.stringify(ids))
    .map(toRow);
}

export function listRunRowsOfProposal(read: Read, proposalId: string): RunRow[] {
  return read
    .prepare(`${SELECT} WHERE run.proposal_id = ? ORDER BY run.number DESC`)
    .all(proposalId)
    .map(toRow);
}

/** Runs that came to an end in a stretch of time, or came to wait for their owner in it and still do; the newest first. */
export function listRunRowsOfSpan(
  read: Read,
  span: { readonly from: string; readonly to: string; readonly projectId: string | null },
  limit: number,
): RunRow[] {
  return read
    .prepare(
      `${SELECT} WHERE run.id IN (
         SELECT id FROM run WHERE ended_at >= :from AND ended_at < :to AND status NOT IN ('failed', 'timeout')
         UNION ALL SELECT id FROM run WHERE status IN ('review', 'blocked') AND updated_at >= :from AND updated_at < :to)
       AND (:projectId IS NULL OR run.project_id = :projectId) ORDER BY IFNULL(run.ended_at, run.updated_at) DESC LIMIT :limit`,
    )
    .all({ from: span.from, to: span.to, projectId: span.projectId, limit })
    .map(toRow);
}

/** Every run of an intent, oldest attempt first. */
export function listAttempts(read: Read, intentId: string): RunRow[] {
  return read.prepare(`${SELECT} WHERE run.intent_id = ? ORDER BY run.attempt`).all(intentId).map(toRow);
}

/** Runs of an intent, newest first. */
export function listRunRowsOfIntent(read: Read, intentId: string, limit: number): RunRow[] {
  return read
    .prepare(`${SELECT} WHERE run.intent_id = ? ORDER BY run.attempt DESC LIMIT ?`)
    .all(intentId, limit)
    .map(toRow);
}

/** Whether a planned time of an intent has its run: it never gets a second one. */
export function hasRunFor(read: Read, intentId: string, nominalAt: string): boolean {
  return (
    read.prepare('SELECT 1 FROM run WHERE intent_id = ? AND nominal_at = ?').get(intentId, nominalAt) !==
    undefined
  );
}

/** Planned times of an intent after `time` that have a run. */
export function nominalTimesAfter(read: Read, intentId: string, time: string): Set<string> {
  const rows = read
    .prepare('SELECT nominal_at FROM run WHERE intent_id = ? AND nominal_at > ?')
    .all(intentId, time);
  return new Set(rows.map((row) => text(row, 'nominal_at')));
}

/** How many of what a filter shows each tab of the list holds. */
export function countRunFilters(
  read: Read,
  filter: Omit<RunWhere, 'statuses' | 'behind'>,
): Record<keyof typeof runFilterStatuses, number> {
  const counts = { active: 0, needs_me: 0, failed: 0, all: 0 };
  const { sql, values } = runWhere(filter);
  const rows = read
    .prepare(`SELECT run.status, COUNT(*) AS total FROM run WHERE ${sql} GROUP BY run.status`)
    .all(values);
  for (const row of rows) {
    const status = text(row, 'status') as RunStatus;
    const total = int(row, 'total');
    counts.all += total;
    for (const tab of ['active', 'needs_me', 'failed'] as const)
      if ((runFilterStatuses[tab] as readonly RunStatus[]).includes(status)) counts[tab] += total;
  }
  return counts;
}
