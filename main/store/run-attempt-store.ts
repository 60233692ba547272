import type { Read, Write } from './database.ts';
import { int, notFound } from './row.ts';
import { appendRunEvents } from './run-event-store.ts';
import { getRun } from './run-store.ts';

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
