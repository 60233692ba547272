import type { Alert, AlertKind } from '../domain/alert/alert.ts';
import type { Read, Row, Write } from './database.ts';
import { int, notFound, text, textOrNull } from './row.ts';

function toAlert(row: Row): Alert {
  return {
    id: text(row, 'id'),
    kind: text(row, 'kind') as AlertKind,
    subject: text(row, 'subject'),
    message: text(row, 'message'),
    hint: text(row, 'hint'),
    createdAt: text(row, 'created_at'),
    clearedAt: textOrNull(row, 'cleared_at'),
    clearedBy: textOrNull(row, 'cleared_by'),
  };
}

/** Alerts newest first; `open` gives those that stand. */
export function listAlerts(read: Read, options: { open: boolean; limit: number }): Alert[] {
  return read
    .prepare(
      'SELECT * FROM alert WHERE (:open = 0 OR cleared_at IS NULL) ORDER BY created_at DESC LIMIT :limit',
    )
    .all({ open: options.open ? 1 : 0, limit: options.limit })
    .map(toAlert);
}

/** When the last alert of a kind about a subject was cleared, so that what it told is not told again; null when none was. */
export function lastCleared(read: Read, kind: AlertKind, subject: string): string | null {
  const row = read
    .prepare('SELECT MAX(cleared_at) AS at FROM alert WHERE kind = ? AND subject = ?')
    .get(kind, subject);
  return row ? textOrNull(row, 'at') : null;
}

export type NewAlert = Pick<Alert, 'kind' | 'subject' | 'message' | 'hint'>;

/** Raises an alert unless the same one stands already. */
export function raiseAlert(write: Write, alert: NewAlert): void {
  const { changes } = write
    .prepare(
      `INSERT INTO alert (id, kind, subject, message, hint, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO NOTHING`,
    )
    .run(write.nextId(), alert.kind, alert.subject, alert.message, alert.hint, write.now, write.now);
  if (changes === 0) return;
  write.emit({
    type: 'alertRaised',
    entity: 'alert',
    entityId: alert.subject === '' ? alert.kind : alert.subject,
    actor: 'runtime',
    payload: { kind: alert.kind, message: alert.message, hint: alert.hint },
  });
}

/** Clears one alert; clearing it twice changes nothing. Throws `not_found`. */
export function clearAlert(write: Write, id: string, actor: string): Alert {
  const { changes } = write
    .prepare(
      `UPDATE alert SET cleared_at = ?, cleared_by = ?, version = version + 1, updated_at = ? WHERE id = ? AND cleared_at IS NULL`,
    )
    .run(write.now, actor, write.now, id);
  const row = write.prepare('SELECT * FROM alert WHERE id = ?').get(id);
  if (!row) throw notFound('alert', id);
  if (changes > 0)
    write.emit({
      type: 'alertCleared',
      entity: 'alert',
      entityId: id,
      actor,
      payload: { kind: text(row, 'kind') },
    });
  return toAlert(row);
}

/** What the checks of alerts look at, in one read each. */
export interface WorkingSign {
  readonly runId: string;
  readonly number: number;
  readonly name: string;
  /** Number, time and type of the last thing in its timeline. */
  readonly seq: number;
  readonly lastAt: string;
  readonly lastType: string;
  /** Whether a child of it is at work, whose silence its own watch tells. */
  readonly inTurn: boolean;
  /** Time limit of the project's tests. */
  readonly testTimeoutMs: number;
}

/** Every working run with its last sign of life. */
export function listWorkingSigns(read: Read): WorkingSign[] {
  return read
    .prepare(
      `SELECT run.id AS id, run.number AS number, run.name AS name, run_event.created_at AS at, run_event.type AS type, project.test_timeout_ms AS limit_ms, run.event_seq AS seq,
         EXISTS (SELECT 1 FROM run_child WHERE run_child.run_id = run.id AND run_child.ending IS NULL) AS in_turn
       FROM run JOIN project ON project.id = run.project_id JOIN run_event ON run_event.run_id = run.id AND run_event.seq = run.event_seq
       WHERE run.status IN ('running', 'validating')`,
    )
    .all()
    .map((row) => ({
      runId: text(row, 'id'),
      number: int(row, 'number'),
      name: text(row, 'name'),
      seq: int(row, 'seq'),
      lastAt: text(row, 'at'),
      lastType: text(row, 'type'),
      inTurn: int(row, 'in_turn') === 1,
      testTimeoutMs: int(row, 'limit_ms'),
    }));
}

/** Since when the oldest run of the queue waits; null while it is empty. */
export function oldestQueuedAt(read: Read): string | null {
  const row = read.prepare(`SELECT MIN(queued_at) AS at FROM run WHERE status = 'queued'`).get();
  return row ? textOrNull(row, 'at') : null;
}

/** How many runs failed or spent their budget after a time, up to another. */
export function countFailures(read: Read, since: string, until: string): number {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS total FROM run WHERE ended_at > ? AND ended_at <= ? AND status IN ('failed', 'timeout')`,
    )
    .get(since, until);
  return row ? int(row, 'total') : 0;
}
