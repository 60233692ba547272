import type { MissedOutcome } from '../domain/intent/missed.ts';
import type { RunStatus } from '../domain/run/status.ts';
import { ascending, quantile } from '../domain/insight/quantile.ts';
import type { Read } from './database.ts';
import { bool, int, text, textOrNull } from './row.ts';

/** So many past runs are read for a span; the newest. */
const MOST_RUNS = 2_000;
const MOST_MISSED = 2_000;
/** How many runs the likely length of the next one is taken from. */
const LENGTHS = 10;

export interface RangeRun {
  readonly intentId: string;
  readonly id: string;
  readonly number: number;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly activeMs: number;
}

interface Range {
  readonly from: string;
  readonly to: string;
  readonly projectId: string | null;
}

const SCHEDULED = `intent.trigger_type <> 'immediate' AND (:projectId IS NULL OR intent.project_id = :projectId)`;
const OPEN = `run.status IN ('draft', 'queued', 'running', 'validating', 'blocked', 'paused', 'review')`;

/** Runs of intents that were at work in a span, the newest first: those that ended since, and those that have not. */
export function listRangeRuns(read: Read, range: Range): RangeRun[] {
  const columns = `run.intent_id, run.id, run.number, run.status, run.started_at, run.ended_at, run.active_ms`;
  return read
    .prepare(
      `SELECT * FROM (
         SELECT ${columns} FROM run INDEXED BY run_ended JOIN intent ON intent.id = run.intent_id
           WHERE run.ended_at >= :from AND run.started_at < :to AND ${SCHEDULED}
         UNION ALL SELECT ${columns} FROM run JOIN intent ON intent.id = run.intent_id
           WHERE ${OPEN} AND run.ended_at IS NULL AND run.started_at < :to AND ${SCHEDULED})
       ORDER BY number DESC LIMIT ${String(MOST_RUNS)}`,
    )
    .all({ ...range })
    .map((row) => ({
      intentId: text(row, 'intent_id'),
      id: text(row, 'id'),
      number: int(row, 'number'),
      status: text(row, 'status') as RunStatus,
      startedAt: text(row, 'started_at'),
      endedAt: textOrNull(row, 'ended_at'),
      activeMs: int(row, 'active_ms'),
    }));
}

export interface RangeMissed {
  readonly intentId: string;
  readonly nominalAt: string;
  readonly lastNominalAt: string;
  readonly count: number;
  readonly atLeast: boolean;
  readonly outcome: MissedOutcome;
  readonly reason: string;
  readonly runId: string | null;
}

/** Times in a span that started no run when they came, the newest first. */
export function listRangeMissed(read: Read, range: Range): RangeMissed[] {
  return read
    .prepare(
      `SELECT missed_time.* FROM intent JOIN missed_time ON missed_time.intent_id = intent.id
       WHERE ${SCHEDULED} AND missed_time.nominal_at < :to AND missed_time.last_nominal_at >= :from
       ORDER BY missed_time.nominal_at DESC LIMIT ${String(MOST_MISSED)}`,
    )
    .all({ ...range })
    .map((row) => ({
      intentId: text(row, 'intent_id'),
      nominalAt: text(row, 'nominal_at'),
      lastNominalAt: text(row, 'last_nominal_at'),
      count: int(row, 'count'),
      atLeast: bool(row, 'at_least'),
      outcome: text(row, 'outcome') as MissedOutcome,
      reason: text(row, 'reason'),
      runId: textOrNull(row, 'run_id'),
    }));
}

/** Intents that are due before `to`, the next first. */
export function listDueBefore(read: Read, { to, projectId }: Omit<Range, 'from'>): string[] {
  return read
    .prepare(
      `SELECT id FROM intent WHERE enabled = 1 AND next_due_at IS NOT NULL AND next_due_at < :to
         AND (:projectId IS NULL OR project_id = :projectId) ORDER BY next_due_at, id`,
    )
    .all({ to, projectId })
    .map((row) => text(row, 'id'));
}

/** How long a run of an intent is likely to work: the middle of its last ones; null before the first. And whose account it took last. */
export function expectedOf(
  read: Read,
  intentId: string,
): { readonly likelyMs: number | null; readonly accountId: string | null } {
  const rows = read
    .prepare(
      `SELECT active_ms, executor_account_id FROM run WHERE intent_id = ? AND ended_at IS NOT NULL AND started_at IS NOT NULL
       ORDER BY attempt DESC LIMIT ${String(LENGTHS)}`,
    )
    .all(intentId);
  const last = rows[0];
  return {
    likelyMs: quantile(ascending(rows.map((row) => int(row, 'active_ms'))), 0.5),
    accountId: last ? textOrNull(last, 'executor_account_id') : null,
  };
}

/** How the last runs of an intent came out and how long they worked, the oldest first. */
export function runHistory(
  read: Read,
  intentId: string,
  most: number,
): { readonly number: number; readonly status: RunStatus; readonly activeMs: number }[] {
  return read
    .prepare(
      `SELECT number, status, active_ms FROM run WHERE intent_id = ? AND ended_at IS NOT NULL AND started_at IS NOT NULL
       ORDER BY attempt DESC LIMIT ?`,
    )
    .all(intentId, most)
    .map((row) => ({
      number: int(row, 'number'),
      status: text(row, 'status') as RunStatus,
      activeMs: int(row, 'active_ms'),
    }))
    .reverse();
}
