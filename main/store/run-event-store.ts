import {
  runEventPayloads,
  type NewRunEvent,
  type RunEvent,
  type RunEventType,
} from '../domain/run/run-event.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { Read, Write } from './database.ts';
import { int, json, notFound, text } from './row.ts';
import { mayWrite, refusedWrite } from './guard-lease.ts';

/**
 * Appends to a run's timeline with gap-free sequence numbers. A payload that is not what its type says is a bug and throws,
 * so nothing malformed is ever stored. Throws `lease_lost` when another host has the run. Gives the last sequence.
 */
export function appendRunEvents(write: Write, runId: string, events: readonly NewRunEvent[]): number {
  const row = write
    .prepare(
      `UPDATE run SET event_seq = event_seq + ? WHERE id = ? AND ${mayWrite('run')} RETURNING event_seq`,
    )
    .get(events.length, runId, write.owner);
  if (!row) throw refusedWrite(write, runId);
  const last = int(row, 'event_seq');
  insertRunEvents(write, runId, last, events);
  return last;
}

/** As `appendRunEvents`, for words of the owner: they count whoever has the run in hand. */
export function appendOwnersWords(write: Write, runId: string, events: readonly NewRunEvent[]): void {
  const row = write
    .prepare('UPDATE run SET event_seq = event_seq + ? WHERE id = ? RETURNING event_seq')
    .get(events.length, runId);
  if (!row) throw notFound('run', runId);
  insertRunEvents(write, runId, int(row, 'event_seq'), events);
}

/** As `appendRunEvents`, for a change of the run that has counted `event_seq` up to `last` itself. */
export function insertRunEvents(
  write: Write,
  runId: string,
  last: number,
  events: readonly NewRunEvent[],
): void {
  const insert = write.prepare(
    'INSERT INTO run_event (run_id, seq, type, payload, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  let seq = last - events.length;
  for (const event of events) {
    seq += 1;
    insert.run(
      runId,
      seq,
      event.type,
      JSON.stringify(runEventPayloads[event.type].parse(event.payload)),
      write.now,
    );
  }
  write.noteTail(runId, last);
}

/** How many events of a run's timeline are kept; fewer than its last sequence once retention cleared some. */
export function countRunEvents(read: Read, runId: string): number {
  const row = read.prepare('SELECT COUNT(*) AS kept FROM run_event WHERE run_id = ?').get(runId);
  return row ? int(row, 'kept') : 0;
}

export function lastRunEventSeq(read: Read, runId: string): number {
  const row = read.prepare('SELECT event_seq FROM run WHERE id = ?').get(runId);
  if (!row) throw notFound('run', runId);
  return int(row, 'event_seq');
}

/** Timeline after `after`, or the `limit` events before `before`; oldest first either way. */
export function listRunEvents(
  read: Read,
  runId: string,
  range: {
    after: number;
    before?: number | undefined;
    limit: number;
    types?: readonly RunEventType[] | undefined;
  },
): RunEvent[] {
  const types = range.types ? JSON.stringify(range.types) : null;
  const rows =
    range.before === undefined
      ? read
          .prepare(
            `SELECT * FROM run_event WHERE run_id = ? AND seq > ? AND (? IS NULL OR type IN (SELECT value FROM json_each(?))) ORDER BY seq LIMIT ?`,
          )
          .all(runId, range.after, types, types, range.limit)
      : read
          .prepare(
            `SELECT * FROM run_event WHERE run_id = ? AND seq < ? AND (? IS NULL OR type IN (SELECT value FROM json_each(?))) ORDER BY seq DESC LIMIT ?`,
          )
          .all(runId, range.before, types, types, range.limit)
          .reverse();
  return rows.map((row) => ({
    seq: int(row, 'seq'),
    type: text(row, 'type') as RunEventType,
    payload: json<JsonObject>(row, 'payload'),
    createdAt: text(row, 'created_at'),
  }));
}

/** The last event of one type in a timeline; null when there is none. */
export function lastEventOf(read: Read, runId: string, type: RunEventType): RunEvent | null {
  const last = lastRunEventSeq(read, runId);
  return listRunEvents(read, runId, { after: 0, before: last + 1, limit: 1, types: [type] })[0] ?? null;
}
