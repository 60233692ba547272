import type { MovedTime } from '../domain/intent/moved.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Read, Write } from './database.ts';
import { text } from './row.ts';

/** How long a moved time is known after it passed. */
const KEEP_MS = 2 * 86_400_000;

/** The moved times of an intent, by the time they were planned for. */
export function listMoved(read: Read, intentId: string): MovedTime[] {
  return read
    .prepare('SELECT nominal_at, to_at FROM moved_time WHERE intent_id = ? ORDER BY nominal_at')
    .all(intentId)
    .map((row) => ({ nominalAt: text(row, 'nominal_at'), toAt: text(row, 'to_at') }));
}

/** Moves a time; back to where it was planned for, it is as any other again. */
export function keepMoved(write: Write, intentId: string, { nominalAt, toAt }: MovedTime): void {
  if (nominalAt === toAt)
    write.prepare('DELETE FROM moved_time WHERE intent_id = ? AND nominal_at = ?').run(intentId, nominalAt);
  else
    write
      .prepare(
        `INSERT INTO moved_time (intent_id, nominal_at, to_at, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (intent_id, nominal_at) DO UPDATE SET to_at = excluded.to_at`,
      )
      .run(intentId, nominalAt, toAt, write.now);
}

/** Forgets those that have long passed. */
export function forgetPassedMoves(write: Write, intentId: string): void {
  const before = formatTime(parseTime(write.now) - KEEP_MS);
  write
    .prepare('DELETE FROM moved_time WHERE intent_id = ? AND nominal_at < ? AND to_at < ?')
    .run(intentId, before, before);
}

/** Forgets all: the times they were of are no longer those of the trigger. */
export function forgetMoves(write: Write, intentId: string): void {
  write.prepare('DELETE FROM moved_time WHERE intent_id = ?').run(intentId);
}
