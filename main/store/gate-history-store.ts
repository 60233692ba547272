import type { Execution } from '../domain/intent/intent.ts';
import type { Read } from './database.ts';
import { int, json, text } from './row.ts';

/** As much of a run as the gate is asked about. */
export interface GatedRun {
  readonly projectId: string;
  readonly goalText: string;
  readonly execution: Pick<Execution, 'budget' | 'metadata' | 'shellCommand'>;
  readonly createdAt: string;
}

/** First attempts since `since` that the gate was asked about, the newest first; plans that were approved and retries are asked nothing. */
export function listGatedRuns(read: Read, since: string, limit: number): GatedRun[] {
  return read
    .prepare(
      `SELECT project_id, goal_text, execution, created_at FROM run
       WHERE created_at >= ? AND triggered_by IN ('owner', 'trigger', 'api') ORDER BY number DESC LIMIT ?`,
    )
    .all(since, limit)
    .map((row) => ({
      projectId: text(row, 'project_id'),
      goalText: text(row, 'goal_text'),
      execution: json<Execution>(row, 'execution'),
      createdAt: text(row, 'created_at'),
    }));
}

/** What agents asked leave for since `since`, and what became of it. */
export function countPermissionsSince(
  read: Read,
  since: string,
): { asked: number; allowed: number; denied: number; expired: number } {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS asked, COALESCE(SUM(status = 'allowed'), 0) AS allowed, COALESCE(SUM(status = 'denied'), 0) AS denied,
         COALESCE(SUM(status = 'expired'), 0) AS expired
       FROM run_ask WHERE kind = 'permission' AND created_at >= ?`,
    )
    .get(since);
  const of = (name: string): number => (row ? int(row, name) : 0);
  return { asked: of('asked'), allowed: of('allowed'), denied: of('denied'), expired: of('expired') };
}
