import type { Intent } from '../domain/intent/intent.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { Read, Row, Write } from './database.ts';
import { getIntent } from './intent-store.ts';
import { int, json, text, textOrNull } from './row.ts';

/** How many events are kept; a key is known again as long as its event is. */
const KEEP = 10_000;

export interface TriggerEvent {
  readonly id: number;
  readonly name: string;
  readonly key: string | null;
  readonly payload: JsonObject;
  readonly depth: number;
  readonly causeIntentId: string | null;
  readonly handled: boolean;
  /** How many runs it started at once. */
  readonly started: number;
  readonly at: string;
}

function toEvent(row: Row): TriggerEvent {
  return {
    id: int(row, 'id'),
    name: text(row, 'name'),
    key: textOrNull(row, 'key'),
    payload: json<JsonObject>(row, 'payload'),
    depth: int(row, 'depth'),
    causeIntentId: textOrNull(row, 'cause_intent_id'),
    handled: int(row, 'handled') === 1,
    started: int(row, 'started'),
    at: text(row, 'at'),
  };
}

/** Writes a named event down, to be fired; null when one with this name and key is known already. The oldest handled ones go. */
export function insertTriggerEvent(
  write: Write,
  event: {
    name: string;
    key: string | null;
    payload: JsonObject;
    depth: number;
    causeIntentId: string | null;
  },
  actor: string,
): TriggerEvent | null {
  const inserted = write
    .prepare(
      `INSERT INTO trigger_event (name, key, payload, depth, cause_intent_id, at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (name, key) DO NOTHING`,
    )
    .run(event.name, event.key, JSON.stringify(event.payload), event.depth, event.causeIntentId, write.now);
  if (inserted.changes !== 1) return null;
  const id = Number(inserted.lastInsertRowid);
  write.prepare('DELETE FROM trigger_event WHERE id <= ? AND handled = 1').run(id - KEEP);
  write.emit({
    type: 'eventFired',
    entity: 'event',
    entityId: String(id),
    actor,
    payload: { name: event.name },
  });
  return { ...event, id, handled: false, started: 0, at: write.now };
}

/** Events that nobody has acted on yet, oldest first. */
export function listOpenEvents(read: Read, limit: number): TriggerEvent[] {
  return read
    .prepare('SELECT * FROM trigger_event WHERE handled = 0 ORDER BY id LIMIT ?')
    .all(limit)
    .map(toEvent);
}

/** Newest first. */
export function listEvents(read: Read, name: string | undefined, limit: number): TriggerEvent[] {
  return read
    .prepare(
      'SELECT * FROM trigger_event WHERE (:name IS NULL OR name = :name) ORDER BY id DESC LIMIT :limit',
    )
    .all({ name: name ?? null, limit })
    .map(toEvent);
}

/** Marks an event as acted on; false when it was already. */
export function settleEvent(write: Write, id: number, started: number): boolean {
  return (
    write
      .prepare('UPDATE trigger_event SET handled = 1, started = ? WHERE id = ? AND handled = 0')
      .run(started, id).changes === 1
  );
}

const LISTENING = `trigger_type = 'event' AND json_extract(trigger_config, '$.event') = ? AND enabled = 1
  AND status NOT IN ('completed', 'cancelled')`;

/** Whether any intent waits for an event, by index. */
export function isAwaited(read: Read, name: string): boolean {
  return read.prepare(`SELECT 1 FROM intent WHERE ${LISTENING} LIMIT 1`).get(name) !== undefined;
}

/** Intents that wait for an event, the oldest first. */
export function listAwaiting(read: Read, name: string): Intent[] {
  return read
    .prepare(`SELECT id FROM intent WHERE ${LISTENING} ORDER BY id`)
    .all(name)
    .map((row) => getIntent(read, text(row, 'id')));
}

/** Ids of projects that some intent waits for to move. */
export function listWatchedProjects(read: Read): string[] {
  return read
    .prepare(
      `SELECT DISTINCT substr(json_extract(trigger_config, '$.event'), 9, 36) AS id FROM intent
       WHERE trigger_type = 'event' AND json_extract(trigger_config, '$.event') >= 'project:'
         AND json_extract(trigger_config, '$.event') < 'project;' AND enabled = 1`,
    )
    .all()
    .map((row) => text(row, 'id'));
}
