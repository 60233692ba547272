import type { Read, Write } from './database.ts';
import { int, text, textOrNull } from './row.ts';
import { WORKING } from './run-claim-store.ts';

/** Which account a run works with. */
export function noteRunAccount(write: Write, runId: string, accountId: string | null): void {
  write.prepare('UPDATE run SET executor_account_id = ? WHERE id = ?').run(accountId, runId);
}

/** Whose run it is and with what it works, as far as choosing an account goes. */
export interface RunPayer {
  readonly executor: string;
  readonly accountId: string | null;
  readonly projectId: string;
  readonly intentId: string;
  readonly goalId: string | null;
  readonly sessionId: string | null;
}

export function getRunPayer(read: Read, runId: string): RunPayer {
  const row = read
    .prepare(
      'SELECT executor, executor_account_id, project_id, intent_id, goal_id, session_id FROM run WHERE id = ?',
    )
    .get(runId);
  if (!row) throw new Error(`run ${runId} is gone`);
  return {
    executor: text(row, 'executor'),
    accountId: textOrNull(row, 'executor_account_id'),
    projectId: text(row, 'project_id'),
    intentId: text(row, 'intent_id'),
    goalId: textOrNull(row, 'goal_id'),
    sessionId: textOrNull(row, 'session_id'),
  };
}

/** How many runs work with each account, but for one run. */
export function countWorkingOfAccounts(read: Read, exceptRunId: string): Map<string, number> {
  return new Map(
    read
      .prepare(
        `SELECT executor_account_id AS id, COUNT(*) AS total FROM run INDEXED BY run_working
         WHERE ${WORKING} AND executor_account_id IS NOT NULL AND id <> ? GROUP BY executor_account_id`,
      )
      .all(exceptRunId)
      .map((row) => [text(row, 'id'), int(row, 'total')]),
  );
}

/** Executors of queued runs. */
export function listQueuedExecutors(read: Read): string[] {
  return read
    .prepare(`SELECT DISTINCT executor FROM run INDEXED BY run_lane WHERE status = 'queued'`)
    .all()
    .map((row) => text(row, 'executor'));
}

/** Numbers of the runs that work with an account now. */
export function listWorkingOfAccount(read: Read, accountId: string): number[] {
  return read
    .prepare(
      `SELECT number FROM run INDEXED BY run_working WHERE ${WORKING} AND executor_account_id = ? ORDER BY number`,
    )
    .all(accountId)
    .map((row) => int(row, 'number'));
}
