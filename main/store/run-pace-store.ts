import type { Read } from './database.ts';
import { int, text } from './row.ts';
import { WORKING } from './run-claim-store.ts';

/** How the queue moves: how long runs take, and since when those that work do. */
export interface RunPace {
  /** The median of what recent runs worked for; null while too few have ended to tell. */
  readonly typicalMs: number | null;
  readonly working: readonly WorkingRun[];
}
export interface WorkingRun {
  readonly projectId: string;
  readonly executor: string;
  /** ISO time. */
  readonly startedAt: string;
}

const LOOKED_AT = 100;
const ENOUGH = 5;

export function readRunPace(read: Read): RunPace {
  const took = read
    .prepare(
      `SELECT active_ms FROM (SELECT active_ms, status FROM run ORDER BY number DESC LIMIT ${String(LOOKED_AT)})
       WHERE active_ms > 0 AND status NOT IN ('draft', 'queued', 'running', 'validating', 'blocked', 'paused') ORDER BY active_ms`,
    )
    .all()
    .map((row) => int(row, 'active_ms'));
  const working = read
    .prepare(
      `SELECT project_id, executor, IFNULL(started_at, updated_at) AS since FROM run INDEXED BY run_working WHERE ${WORKING}`,
    )
    .all()
    .map((row) => ({
      projectId: text(row, 'project_id'),
      executor: text(row, 'executor'),
      startedAt: text(row, 'since'),
    }));
  return {
    typicalMs: took.length < ENOUGH ? null : (took[took.length >> 1] ?? null),
    working,
  };
}
