import type { Actor, Decision, DecisionChannel, DecisionEntity } from '../domain/decision/decision.ts';
import type { JsonObject } from '../domain/primitives.ts';
import { parseTime } from '../shared/clock.ts';
import type { Read, Row, Write } from './database.ts';
import { int, json, text, textOrNull } from './row.ts';

function toDecision(row: Row): Decision {
  return {
    id: text(row, 'id'),
    entity: text(row, 'entity') as DecisionEntity,
    entityId: text(row, 'entity_id'),
    action: text(row, 'action'),
    actor: text(row, 'actor'),
    channel: text(row, 'channel') as DecisionChannel,
    reason: textOrNull(row, 'reason'),
    rule: textOrNull(row, 'rule'),
    responseMs: int(row, 'response_ms'),
    snapshot: json<JsonObject>(row, 'snapshot'),
    createdAt: text(row, 'created_at'),
  };
}

export function listDecisions(read: Read, entity: DecisionEntity, entityId: string): Decision[] {
  return read
    .prepare('SELECT * FROM decision WHERE entity = ? AND entity_id = ? ORDER BY created_at, id')
    .all(entity, entityId)
    .map(toDecision);
}

export interface NewDecision {
  readonly entity: DecisionEntity;
  readonly entityId: string;
  readonly entityVersion: number;
  readonly action: string;
  readonly actor: Actor;
  readonly reason?: string | null;
  /** The accepted rule that decided, when no person did. */
  readonly rule?: string | null;
  /** When it could first be decided, ISO. */
  readonly since: string;
  readonly snapshot: JsonObject;
}

export function insertDecision(write: Write, decision: NewDecision): void {
  write
    .prepare(
      `INSERT INTO decision (id, entity, entity_id, entity_version, action, actor, channel, reason, rule, response_ms, snapshot, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      write.nextId(),
      decision.entity,
      decision.entityId,
      decision.entityVersion,
      decision.action,
      decision.actor.name,
      decision.actor.channel,
      decision.reason ?? null,
      decision.rule ?? null,
      Math.max(0, parseTime(write.now) - parseTime(decision.since)),
      JSON.stringify(decision.snapshot),
      write.now,
    );
}

export function countDecisions(read: Read): number {
  const row = read.prepare('SELECT COUNT(*) AS total FROM decision').get();
  return row ? int(row, 'total') : 0;
}
