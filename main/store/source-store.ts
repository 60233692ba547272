import type { JsonObject } from '../domain/primitives.ts';
import type { Source, SourceType } from '../domain/source/source.ts';
import type { Read, Row, Write } from './database.ts';
import { bool, int, json, text, textOrNull } from './row.ts';

function toSource(row: Row): Source {
  return {
    id: text(row, 'id'),
    version: int(row, 'version'),
    type: text(row, 'type') as SourceType,
    projectId: textOrNull(row, 'project_id'),
    enabled: bool(row, 'enabled'),
    config: json<JsonObject>(row, 'config'),
    lastCursor: textOrNull(row, 'last_cursor'),
    nextCheckAt: textOrNull(row, 'next_check_at'),
    backoffMs: int(row, 'backoff_ms'),
    consecutiveFailures: int(row, 'consecutive_failures'),
    lastError: textOrNull(row, 'last_error'),
    lastCheckedAt: textOrNull(row, 'last_checked_at'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  };
}

export function listSources(read: Read, projectId?: string): Source[] {
  return read
    .prepare(
      'SELECT * FROM discovery_source WHERE (:projectId IS NULL OR project_id = :projectId) ORDER BY project_id, type',
    )
    .all({ projectId: projectId ?? null })
    .map(toSource);
}

export function insertSource(
  write: Write,
  type: SourceType,
  projectId: string,
  nextCheckAt: string | null,
): void {
  write
    .prepare(
      'INSERT INTO discovery_source (id, type, project_id, next_check_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(write.nextId(), type, projectId, nextCheckAt, write.now, write.now);
}

/**
 * Sources whose time has come. So has that of one written to in a time to come: the clock was ahead then and was set back since, and its next
 * check would be as far off as the clock was. Checking it works its time out anew.
 */
export function listDueSources(read: Read, now: string): Source[] {
  return read
    .prepare(
      `SELECT * FROM discovery_source WHERE enabled = 1 AND next_check_at IS NOT NULL AND (next_check_at <= :now OR updated_at > :now)
       ORDER BY next_check_at`,
    )
    .all({ now })
    .map(toSource);
}

export function nextSourceCheck(read: Read): string | null {
  const row = read
    .prepare(
      'SELECT MIN(next_check_at) AS next FROM discovery_source WHERE enabled = 1 AND next_check_at IS NOT NULL',
    )
    .get();
  return row ? textOrNull(row, 'next') : null;
}

/** Notes the end of a check. A failure keeps the cursor and doubles the back-off. */
export function recordSourceCheck(
  write: Write,
  id: string,
  outcome: {
    cursor: string | null;
    created: number;
    error: string | null;
    backoffMs: number;
    nextCheckAt: string;
  },
): void {
  write
    .prepare(
      `UPDATE discovery_source SET last_checked_at = :now, updated_at = :now, next_check_at = :next, last_error = :error, backoff_ms = :backoff,
         last_cursor = CASE WHEN :error IS NULL THEN :cursor ELSE last_cursor END,
         consecutive_failures = CASE WHEN :error IS NULL THEN 0 ELSE consecutive_failures + 1 END,
         version = version + 1 WHERE id = :id`,
    )
    .run({
      id,
      now: write.now,
      next: outcome.nextCheckAt,
      error: outcome.error,
      backoff: outcome.backoffMs,
      cursor: outcome.cursor,
    });
  write.emit({
    type: outcome.error === null ? 'sourceChecked' : 'sourceFailed',
    entity: 'source',
    entityId: id,
    actor: 'runtime',
    payload: outcome.error === null ? { created: outcome.created } : { error: outcome.error },
  });
}
