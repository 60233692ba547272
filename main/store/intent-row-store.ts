import type { Intent } from '../domain/intent/intent.ts';
import type { RunStatus } from '../domain/run/status.ts';
import type { Read, Row } from './database.ts';
import { getIntent } from './intent-store.ts';
import { int, text, textOrNull } from './row.ts';

export interface IntentFilter {
  readonly projectId?: string | undefined;
  readonly status?: string | undefined;
  readonly trigger?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** With those that were made for one run at once. */
  readonly all: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface IntentRunLine {
  readonly id: string;
  readonly number: number;
  readonly status: RunStatus;
  readonly endedAt: string | null;
}

function conditions(filter: IntentFilter): { sql: string; values: (string | number)[] } {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, value: string | number): void => {
    parts.push(sql);
    values.push(value);
  };
  if (filter.projectId !== undefined) add('project_id = ?', filter.projectId);
  if (filter.status !== undefined) add('status = ?', filter.status);
  if (filter.trigger !== undefined) add('trigger_type = ?', filter.trigger);
  else if (!filter.all) parts.push(`trigger_type <> 'immediate'`);
  if (filter.enabled !== undefined) add('enabled = ?', filter.enabled ? 1 : 0);
  return { sql: parts.length > 0 ? ` AND ${parts.join(' AND ')}` : '', values };
}

const DUE = 'enabled = 1 AND next_due_at IS NOT NULL';

/** A page of intents: first those with a due time, the next first, by its index; then the others, the newest first. */
export function listIntents(read: Read, filter: IntentFilter): Intent[] {
  const { sql, values } = conditions(filter);
  const page = (where: string, order: string, offset: number, limit: number): string[] =>
    read
      .prepare(`SELECT id FROM intent WHERE ${where}${sql} ORDER BY ${order} LIMIT ? OFFSET ?`)
      .all(...values, limit, offset)
      .map((row) => text(row, 'id'));
  const due = page(DUE, 'next_due_at, id', filter.offset, filter.limit);
  const rest =
    due.length === filter.limit
      ? []
      : page(
          `NOT (${DUE})`,
          'id DESC',
          Math.max(0, filter.offset - count(read, DUE, filter)),
          filter.limit - due.length,
        );
  return [...due, ...rest].map((id) => getIntent(read, id));
}

export function countIntents(read: Read, filter: IntentFilter): number {
  return count(read, '1', filter);
}

function count(read: Read, where: string, filter: IntentFilter): number {
  const { sql, values } = conditions(filter);
  const row = read.prepare(`SELECT COUNT(*) AS total FROM intent WHERE ${where}${sql}`).get(...values);
  return row ? int(row, 'total') : 0;
}

function toLine(row: Row | undefined): IntentRunLine | null {
  return row
    ? {
        id: text(row, 'id'),
        number: int(row, 'number'),
        status: text(row, 'status') as RunStatus,
        endedAt: textOrNull(row, 'ended_at'),
      }
    : null;
}

/** The run of an intent that is not ended, and the one that ended last. */
export function runLines(
  read: Read,
  intentId: string,
): { activeRun: IntentRunLine | null; lastRun: IntentRunLine | null } {
  const line = (ended: string): IntentRunLine | null =>
    toLine(
      read
        .prepare(
          `SELECT id, number, status, ended_at FROM run WHERE intent_id = ? AND ended_at IS ${ended} ORDER BY attempt DESC LIMIT 1`,
        )
        .get(intentId),
    );
  return { activeRun: line('NULL'), lastRun: line('NOT NULL') };
}

export function countIntentRuns(read: Read, intentId: string): number {
  const row = read.prepare('SELECT COUNT(*) AS total FROM run WHERE intent_id = ?').get(intentId);
  return row ? int(row, 'total') : 0;
}
