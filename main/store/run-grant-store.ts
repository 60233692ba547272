import type { Grant } from '../domain/run/ask.ts';
import { FailureError } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { bool, int, notFound, text, textOrNull } from './row.ts';

const GRANTS = `SELECT run_grant.*, intent.name AS intent_name, run_ask.text AS text, run_ask.run_id AS run_id, run.number AS run_number,
    project.name AS project_name
  FROM run_grant JOIN intent ON intent.id = run_grant.intent_id JOIN run_ask ON run_ask.id = run_grant.ask_id
  JOIN run ON run.id = run_ask.run_id JOIN project ON project.id = run.project_id`;
const GOOD = `run_grant.revoked_at IS NULL AND run_grant.expires_at > :now AND (run_grant.once = 0 OR run_grant.uses = 0)`;

function toGrant(row: Row): Grant {
  return {
    id: text(row, 'id'),
    intentId: text(row, 'intent_id'),
    intentName: text(row, 'intent_name'),
    projectName: text(row, 'project_name'),
    runId: text(row, 'run_id'),
    runNumber: int(row, 'run_number'),
    tool: text(row, 'tool'),
    text: text(row, 'text'),
    once: bool(row, 'once'),
    grantedBy: text(row, 'granted_by'),
    expiresAt: text(row, 'expires_at'),
    uses: int(row, 'uses'),
    lastUsedAt: textOrNull(row, 'last_used_at'),
    createdAt: text(row, 'created_at'),
  };
}

/** Grants that are good now, the newest first. */
export function listGrants(read: Read, now: string, limit: number, intentId?: string): Grant[] {
  return read
    .prepare(
      `${GRANTS} WHERE ${GOOD} AND (:intentId IS NULL OR run_grant.intent_id = :intentId)
       ORDER BY run_grant.created_at DESC, run_grant.id LIMIT :limit`,
    )
    .all({ now, limit, intentId: intentId ?? null })
    .map(toGrant);
}

export function insertGrant(
  write: Write,
  grant: Pick<Grant, 'intentId' | 'tool' | 'once' | 'grantedBy' | 'expiresAt'> & {
    askId: string;
    subject: string;
  },
): string {
  const id = write.nextId();
  write
    .prepare(
      `INSERT INTO run_grant (id, intent_id, ask_id, tool, subject, once, granted_by, expires_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      grant.intentId,
      grant.askId,
      grant.tool,
      grant.subject,
      grant.once ? 1 : 0,
      grant.grantedBy,
      grant.expiresAt,
      write.now,
    );
  write.emit({
    type: 'grantMade',
    entity: 'intent',
    entityId: grant.intentId,
    actor: grant.grantedBy,
    payload: { grantId: id, tool: grant.tool, once: grant.once },
  });
  return id;
}

/** Uses a grant that covers what an agent wants to do; null when none does. */
export function takeGrant(
  write: Write,
  want: { intentId: string; runId: string; tool: string; subject: string },
): Grant | null {
  const row = write
    .prepare(
      `${GRANTS} WHERE run_grant.intent_id = :intentId AND run_grant.tool = :tool AND run_grant.subject = :subject AND ${GOOD}
       ORDER BY run_grant.once, run_grant.expires_at DESC LIMIT 1`,
    )
    .get({ intentId: want.intentId, tool: want.tool, subject: want.subject, now: write.now });
  if (!row) return null;
  const grant = toGrant(row);
  write
    .prepare('UPDATE run_grant SET uses = uses + 1, last_used_at = ? WHERE id = ?')
    .run(write.now, grant.id);
  write.emit({
    type: 'grantUsed',
    entity: 'run',
    entityId: want.runId,
    actor: 'agent',
    payload: { grantId: grant.id, tool: grant.tool },
  });
  return grant;
}

export function revokeGrant(write: Write, id: string, by: string): Grant {
  const row = rowOf(write, id);
  if (textOrNull(row, 'revoked_at') !== null)
    throw new FailureError({
      tag: 'already_decided',
      message: 'This grant was revoked before.',
      hint: 'Nothing was changed.',
    });
  write.prepare('UPDATE run_grant SET revoked_at = ?, revoked_by = ? WHERE id = ?').run(write.now, by, id);
  emitGrant(write, 'grantRevoked', row, by);
  return toGrant(row);
}

/** Takes a revocation back: the grant is good again, until the time it always had. */
export function restoreGrant(write: Write, id: string, by: string): Grant {
  const row = rowOf(write, id);
  if (textOrNull(row, 'revoked_at') === null)
    throw new FailureError({
      tag: 'already_decided',
      message: 'This grant is not revoked.',
      hint: 'Nothing was changed.',
    });
  const grant = toGrant(row);
  if (grant.expiresAt <= write.now || (grant.once && grant.uses > 0))
    throw new FailureError({
      tag: 'not_undoable',
      message: 'This grant is over: its time has passed, or its one use is spent.',
      hint: 'The agent asks again when it needs it.',
    });
  write.prepare('UPDATE run_grant SET revoked_at = NULL, revoked_by = NULL WHERE id = ?').run(id);
  emitGrant(write, 'grantRestored', row, by);
  return grant;
}

function rowOf(write: Write, id: string): Row {
  const row = write.prepare(`${GRANTS} WHERE run_grant.id = ?`).get(id);
  if (!row) throw notFound('grant', id);
  return row;
}

function emitGrant(write: Write, type: 'grantRevoked' | 'grantRestored', row: Row, by: string): void {
  write.emit({
    type,
    entity: 'intent',
    entityId: text(row, 'intent_id'),
    actor: by,
    payload: { grantId: text(row, 'id'), tool: text(row, 'tool') },
  });
}
