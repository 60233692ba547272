import type { Run } from '../domain/run/run.ts';
import type { Read, Write } from './database.ts';
import { int, text } from './row.ts';
import { getRun, listRunIdsByStatus, transitionRun } from './run-store.ts';

/** Claims the queued run that is next by priority, then age, leaving out intents that have a run at work. Null when there is none. */
export function claimRun(write: Write, owner: string, leaseUntil: string): Run | null {
  const row = write
    .prepare(
      `SELECT id FROM run WHERE status = 'queued' AND NOT EXISTS (
         SELECT 1 FROM run AS other WHERE other.intent_id = run.intent_id AND other.status IN ('running', 'validating'))
       ORDER BY priority DESC, queued_at LIMIT 1`,
    )
    .get();
  if (!row) return null;
  const id = text(row, 'id');
  takeLease(write, id, owner, leaseUntil);
  transitionRun(write, id, 'claim', 'runtime');
  return getRun(write, id);
}

export function takeLease(write: Write, id: string, owner: string, leaseUntil: string): void {
  write.prepare('UPDATE run SET lease_owner = ?, lease_until = ? WHERE id = ?').run(owner, leaseUntil, id);
}

/** An orderly end gives its leases back, so that the next host can tell it from a crash. */
export function releaseLeases(write: Write, owner: string): void {
  write.prepare('UPDATE run SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ?').run(owner);
}

/** Runs that are working, as the store has them, whoever has them in hand. */
export function listWorkingRuns(read: Read): string[] {
  return listRunIdsByStatus(read, ['running', 'validating']);
}

export function countQueuedAhead(read: Read, id: string): number {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS ahead FROM run, (SELECT priority AS p, queued_at AS q FROM run WHERE id = :id) AS me
       WHERE status = 'queued' AND id <> :id AND (priority > me.p OR (priority = me.p AND queued_at < me.q))`,
    )
    .get({ id });
  return row ? int(row, 'ahead') : 0;
}
