import type { Read, Write } from './database.ts';
import { text, textOrNull } from './row.ts';
import { getRun } from './run-store.ts';

/** Takes a run out of the inbox until a time (ISO), or brings it back with null; it also comes back when it changes. */
export function snoozeRun(write: Write, id: string, until: string | null, actor: string): void {
  const run = getRun(write, id);
  if (until === null) write.prepare('DELETE FROM run_snooze WHERE run_id = ?').run(id);
  else
    write
      .prepare(
        `INSERT INTO run_snooze (run_id, run_version, until, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (run_id) DO UPDATE SET run_version = excluded.run_version, until = excluded.until, created_at = excluded.created_at`,
      )
      .run(id, run.version, until, write.now);
  write.emit({
    type: 'runSnoozed',
    entity: 'run',
    entityId: id,
    actor,
    payload: until === null ? { awake: true } : { until },
  });
}

/**
 * Runs whose snooze has ended, by its time or because the run changed. One snoozed in a time to come was snoozed under a clock that was
 * ahead: it comes back now.
 */
export function listAwakeRuns(read: Read, now: string): string[] {
  return read
    .prepare(
      `SELECT run_snooze.run_id AS id FROM run_snooze JOIN run ON run.id = run_snooze.run_id
       WHERE run_snooze.until <= :now OR run_snooze.created_at > :now OR run.version <> run_snooze.run_version`,
    )
    .all({ now })
    .map((row) => text(row, 'id'));
}

/** The earliest time at which a run wakes; null when none sleeps. */
export function nextRunWake(read: Read): string | null {
  const row = read.prepare('SELECT MIN(until) AS next FROM run_snooze').get();
  return row ? textOrNull(row, 'next') : null;
}
