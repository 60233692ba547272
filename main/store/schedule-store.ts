import type { Read } from './database.ts';

/**
 * Whether a tick has anything to do for the schedule: a due intent, one whose due time the clock left ahead, a catch-up whose turn has come or
 * that would wait beyond `latest`, or an event nobody acted on. One statement of index probes, since the answer is nearly always no.
 */
export function isAnythingDue(read: Read, now: string, latest: string): boolean {
  const row = read
    .prepare(
      `SELECT 1 WHERE EXISTS (SELECT 1 FROM intent WHERE enabled = 1 AND next_due_at IS NOT NULL AND next_due_at <= :now)
         OR EXISTS (SELECT 1 FROM intent WHERE enabled = 1 AND next_due_at IS NOT NULL AND due_from > :now)
         OR EXISTS (SELECT 1 FROM missed_time WHERE outcome = 'waiting' AND (due_at <= :now OR due_at > :latest))
         OR EXISTS (SELECT 1 FROM trigger_event WHERE handled = 0)`,
    )
    .get({ now, latest });
  return row !== undefined;
}
