import type { DomainEvent, DomainEventType, EventEntity } from '../domain/event.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { Read, Write } from './database.ts';
import { int, json, text } from './row.ts';

export function lastEventSeq(read: Read): number {
  const row = read.prepare('SELECT COALESCE(MAX(seq), 0) AS seq FROM domain_event').get();
  return row ? int(row, 'seq') : 0;
}

/** The next event gets a sequence beyond this one. */
export function skipEventsTo(write: Write, seq: number): void {
  // A database without any event has no row there yet.
  const { changes } = write
    .prepare("UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = 'domain_event'")
    .run(seq);
  if (changes === 0)
    write.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('domain_event', ?)").run(seq);
}

/** Events after `seq`, oldest first. */
export function listEventsAfter(read: Read, seq: number, limit: number): DomainEvent[] {
  return read
    .prepare('SELECT * FROM domain_event WHERE seq > ? ORDER BY seq LIMIT ?')
    .all(seq, limit)
    .map((row) => ({
      seq: int(row, 'seq'),
      type: text(row, 'type') as DomainEventType,
      entity: text(row, 'entity') as EventEntity,
      entityId: text(row, 'entity_id'),
      actor: text(row, 'actor'),
      payload: json<JsonObject>(row, 'payload'),
      at: text(row, 'at'),
    }));
}
