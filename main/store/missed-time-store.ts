import type { MissedOutcome, MissedTime } from '../domain/intent/missed.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { Read, Row, Write } from './database.ts';
import { bool, int, jsonOrNull, text, textOrNull } from './row.ts';

/** Rows an intent keeps one by one; what is older is one row with its count. */
const KEEP = 50;
/** Folding waits for this many more, so that it is not done for every row. */
const SLACK = 25;

export interface NewMissedTime {
  readonly nominalAt: string;
  /** Absent: this one time alone. */
  readonly range?: { readonly lastNominalAt: string; readonly count: number; readonly atLeast: boolean };
  readonly outcome: MissedOutcome;
  readonly reason?: string;
  readonly runId?: string | null;
  readonly event?: JsonObject | null;
  readonly dueAt?: string | null;
}

/** A time that waits to be caught up. */
export interface WaitingTime {
  readonly intentId: string;
  readonly nominalAt: string;
  readonly event: JsonObject | null;
}

function toMissed(row: Row): MissedTime {
  return {
    nominalAt: text(row, 'nominal_at'),
    lastNominalAt: text(row, 'last_nominal_at'),
    count: int(row, 'count'),
    atLeast: bool(row, 'at_least'),
    outcome: text(row, 'outcome') as MissedOutcome,
    reason: text(row, 'reason'),
    runId: textOrNull(row, 'run_id'),
    dueAt: textOrNull(row, 'due_at'),
    createdAt: text(row, 'created_at'),
  };
}

/**
 * Records missed times of an intent, and says so once. A time that is on record already keeps what stands there; the oldest rows
 * are folded into one, so that an intent of every second costs as many rows as one of every month.
 */
export function recordMissed(write: Write, intentId: string, times: readonly NewMissedTime[]): void {
  if (times.length === 0) return;
  const before = write
    .prepare('SELECT outcome FROM missed_time WHERE intent_id = ? ORDER BY nominal_at DESC LIMIT 1')
    .get(intentId);
  const insert = write.prepare(
    `INSERT INTO missed_time (intent_id, nominal_at, last_nominal_at, count, at_least, outcome, reason, run_id, event, due_at, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (intent_id, nominal_at) DO NOTHING`,
  );
  for (const time of times)
    insert.run(
      intentId,
      time.nominalAt,
      time.range?.lastNominalAt ?? time.nominalAt,
      time.range?.count ?? 1,
      time.range?.atLeast === true ? 1 : 0,
      time.outcome,
      time.reason ?? '',
      time.runId ?? null,
      time.event ? JSON.stringify(time.event) : null,
      time.dueAt ?? null,
      write.now,
      write.now,
    );
  fold(write, intentId);
  // A run that goes on over many of its times is told with the first of them.
  if (before?.['outcome'] === 'busy' && times.every(({ outcome }) => outcome === 'busy')) return;
  const newest = times.at(-1);
  write.emit({
    type: 'intentMissed',
    entity: 'intent',
    entityId: intentId,
    actor: 'runtime',
    payload: {
      count: times.reduce((sum, time) => sum + (time.range?.count ?? 1), 0),
      nominalAt: newest?.range?.lastNominalAt ?? newest?.nominalAt ?? null,
      outcome: newest?.outcome ?? null,
      reason: newest?.reason ?? '',
    },
  });
}

function fold(write: Write, intentId: string): void {
  const counted = write
    .prepare(`SELECT COUNT(*) AS total FROM missed_time WHERE intent_id = ?`)
    .get(intentId);
  if (!counted || int(counted, 'total') <= KEEP + SLACK) return;
  const older = write
    .prepare(
      `SELECT nominal_at, last_nominal_at, count, at_least FROM missed_time
       WHERE intent_id = ? AND outcome <> 'waiting' ORDER BY nominal_at DESC LIMIT -1 OFFSET ?`,
    )
    .all(intentId, KEEP - 1);
  const first = older.at(-1);
  if (!first) return;
  const total = older.reduce((sum, row) => sum + int(row, 'count'), 0);
  const last = older.map((row) => text(row, 'last_nominal_at')).reduce((a, b) => (a > b ? a : b));
  const remove = write.prepare('DELETE FROM missed_time WHERE intent_id = ? AND nominal_at = ?');
  for (const row of older) remove.run(intentId, text(row, 'nominal_at'));
  write
    .prepare(
      `INSERT INTO missed_time (intent_id, nominal_at, last_nominal_at, count, at_least, outcome, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, 'earlier', ?, ?)`,
    )
    .run(
      intentId,
      text(first, 'nominal_at'),
      last,
      total,
      older.some((row) => bool(row, 'at_least')) ? 1 : 0,
      write.now,
      write.now,
    );
}

/** Missed times of an intent, newest first. */
export function listMissed(read: Read, intentId: string, limit: number): MissedTime[] {
  return read
    .prepare('SELECT * FROM missed_time WHERE intent_id = ? ORDER BY nominal_at DESC LIMIT ?')
    .all(intentId, limit)
    .map(toMissed);
}

/** How many times an intent has missed, folded ones included. */
export function countMissed(read: Read, intentId: string): number {
  const row = read
    .prepare('SELECT COALESCE(SUM(count), 0) AS total FROM missed_time WHERE intent_id = ?')
    .get(intentId);
  return row ? int(row, 'total') : 0;
}

/** Times that may be caught up now, of intents that have no run at work; earliest due first. */
export function listCatchUps(read: Read, now: string, limit: number): WaitingTime[] {
  return read
    .prepare(
      `SELECT missed_time.intent_id, missed_time.nominal_at, missed_time.event FROM missed_time JOIN intent ON intent.id = missed_time.intent_id
       WHERE missed_time.outcome = 'waiting' AND missed_time.due_at <= ? AND intent.enabled = 1 AND intent.status IN ('pending', 'scheduled')
       ORDER BY missed_time.due_at, missed_time.nominal_at LIMIT ?`,
    )
    .all(now, limit)
    .map((row) => ({
      intentId: text(row, 'intent_id'),
      nominalAt: text(row, 'nominal_at'),
      event: jsonOrNull<JsonObject>(row, 'event'),
    }));
}

/** The first time after `now` at which something may be caught up. */
export function nextCatchUp(read: Read, now: string): string | null {
  const row = read
    .prepare(`SELECT MIN(due_at) AS next FROM missed_time WHERE outcome = 'waiting' AND due_at > ?`)
    .get(now);
  return row ? textOrNull(row, 'next') : null;
}

export function hasMissed(read: Read, intentId: string, nominalAt: string): boolean {
  return (
    read
      .prepare('SELECT 1 FROM missed_time WHERE intent_id = ? AND nominal_at = ?')
      .get(intentId, nominalAt) !== undefined
  );
}

export function countWaiting(read: Read, intentId: string): number {
  const row = read
    .prepare(`SELECT COUNT(*) AS total FROM missed_time WHERE intent_id = ? AND outcome = 'waiting'`)
    .get(intentId);
  return row ? int(row, 'total') : 0;
}

/** Ends the waiting of one time; nothing happens when it waits no more. */
export function settleWaiting(
  write: Write,
  intentId: string,
  nominalAt: string,
  to: { outcome: Exclude<MissedOutcome, 'waiting'>; reason?: string; runId?: string },
): boolean {
  const { changes } = write
    .prepare(
      `UPDATE missed_time SET outcome = ?, reason = ?, run_id = ?, due_at = NULL, event = NULL, updated_at = ?
       WHERE intent_id = ? AND nominal_at = ? AND outcome = 'waiting'`,
    )
    .run(to.outcome, to.reason ?? '', to.runId ?? null, write.now, intentId, nominalAt);
  return changes === 1;
}

/** Ends the waiting of every time of an intent. */
export function settleAllWaiting(
  write: Write,
  intentId: string,
  to: { outcome: Exclude<MissedOutcome, 'waiting'>; reason?: string; runId?: string },
): void {
  write
    .prepare(
      `UPDATE missed_time SET outcome = ?, reason = ?, run_id = ?, due_at = NULL, event = NULL, updated_at = ?
       WHERE intent_id = ? AND outcome = 'waiting'`,
    )
    .run(to.outcome, to.reason ?? '', to.runId ?? null, write.now, intentId);
}

/** Names the run that covers the times which were to be covered by the next one. */
export function nameCoveringRun(write: Write, intentId: string, runId: string): void {
  write
    .prepare(
      `UPDATE missed_time SET run_id = ?, updated_at = ? WHERE intent_id = ? AND outcome = 'coalesced' AND run_id IS NULL`,
    )
    .run(runId, write.now, intentId);
}

/** Forgets what was recorded for times that, since the clock was set back, are still to come. */
export function forgetMissedAfter(write: Write, intentId: string, time: string): void {
  write.prepare('DELETE FROM missed_time WHERE intent_id = ? AND nominal_at > ?').run(intentId, time);
}

/** Catch-ups that the clock, once it was set back, would keep waiting beyond `latest`: they may run now. */
export function pullCatchUps(write: Write, latest: string): number {
  return write
    .prepare(`UPDATE missed_time SET due_at = ?, updated_at = ? WHERE outcome = 'waiting' AND due_at > ?`)
    .run(write.now, write.now, latest).changes;
}

export function anyCatchUpAfter(read: Read, latest: string): boolean {
  return (
    read.prepare(`SELECT 1 FROM missed_time WHERE outcome = 'waiting' AND due_at > ? LIMIT 1`).get(latest) !==
    undefined
  );
}

/** Intents with a time that waits to be caught up. */
export function listWaitingIntents(read: Read): string[] {
  return read
    .prepare(`SELECT DISTINCT intent_id FROM missed_time WHERE outcome = 'waiting'`)
    .all()
    .map((row) => text(row, 'intent_id'));
}
