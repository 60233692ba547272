import { askMachine, type Ask, type AskKind, type AskRisk, type AskStatus } from '../domain/run/ask.ts';
import { step, type ActionOf } from '../domain/machine.ts';
import { FailureError, unwrap } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { int, notFound, text, textOrNull } from './row.ts';

/** Where in a run an agent asks: its turn. */
export interface TurnKey {
  readonly runId: string;
  readonly stage: string;
  readonly step: number;
  readonly attempt: number;
}

export interface NewAsk extends TurnKey {
  /** Chosen by whoever asks, so that asking again with it is the same ask. */
  readonly id: string;
  readonly kind: AskKind;
  readonly text: string;
  readonly tool: string;
  readonly subject: string;
  readonly risk: AskRisk | null;
  readonly riskNote: string;
  readonly expiresAt: string | null;
}

export interface StoredAsk extends Ask {
  readonly step: number;
  readonly attempt: number;
  readonly intentId: string;
  /** Digest of what a grant must match. */
  readonly subject: string;
}

const ASKS = `SELECT ask.*, run.number AS run_number, run.name AS run_name, run.version AS run_version, run.intent_id AS intent_id,
    project.name AS project_name
  FROM run_ask AS ask JOIN run ON run.id = ask.run_id JOIN project ON project.id = run.project_id`;

function toAsk(row: Row): StoredAsk {
  return {
    id: text(row, 'id'),
    runId: text(row, 'run_id'),
    runNumber: int(row, 'run_number'),
    runName: text(row, 'run_name'),
    runVersion: int(row, 'run_version'),
    intentId: text(row, 'intent_id'),
    projectName: text(row, 'project_name'),
    stage: text(row, 'stage'),
    step: int(row, 'step'),
    attempt: int(row, 'attempt'),
    kind: text(row, 'kind') as AskKind,
    status: text(row, 'status') as AskStatus,
    text: text(row, 'text'),
    tool: text(row, 'tool'),
    subject: text(row, 'subject'),
    risk: (text(row, 'risk') || null) as AskRisk | null,
    riskNote: text(row, 'risk_note'),
    answer: textOrNull(row, 'answer'),
    decidedBy: textOrNull(row, 'decided_by'),
    expiresAt: textOrNull(row, 'expires_at'),
    createdAt: text(row, 'created_at'),
    decidedAt: textOrNull(row, 'decided_at'),
    deliveredAt: textOrNull(row, 'delivered_at'),
  };
}

export function findAsk(read: Read, id: string): StoredAsk | null {
  const row = read.prepare(`${ASKS} WHERE ask.id = ?`).get(id);
  return row ? toAsk(row) : null;
}

export function getAsk(read: Read, id: string): StoredAsk {
  const ask = findAsk(read, id);
  if (!ask) throw notFound('permission', id);
  return ask;
}

/** What the agents of a run wait for, the oldest first. */
export function listOpenAsks(read: Read, runId: string): StoredAsk[] {
  return read
    .prepare(`${ASKS} WHERE ask.run_id = ? AND ask.status = 'open' ORDER BY ask.created_at, ask.id`)
    .all(runId)
    .map(toAsk);
}

/** Permissions of a run, or of all; open ones first, then the newest. */
export function listPermissions(read: Read, runId: string | undefined, limit: number): StoredAsk[] {
  return read
    .prepare(
      `${ASKS} WHERE ask.kind = 'permission' AND (:runId IS NULL OR ask.run_id = :runId)
       ORDER BY ask.status = 'open' DESC, ask.created_at DESC, ask.id LIMIT :limit`,
    )
    .all({ runId: runId ?? null, limit })
    .map(toAsk);
}

/** Decided, but gone before its agent heard of it; the next prompt carries it. */
export function listUndelivered(read: Read, turn: TurnKey): StoredAsk[] {
  return listOfTurn(read, turn).filter(
    ({ status, deliveredAt }) => status !== 'open' && status !== 'withdrawn' && deliveredAt === null,
  );
}

export function listOfTurn(read: Read, { runId, stage, step: at, attempt }: TurnKey): StoredAsk[] {
  return read
    .prepare(
      `${ASKS} WHERE ask.run_id = ? AND ask.stage = ? AND ask.step = ? AND ask.attempt = ? ORDER BY ask.created_at, ask.id`,
    )
    .all(runId, stage, at, attempt)
    .map(toAsk);
}

export function insertAsk(write: Write, ask: NewAsk): void {
  write
    .prepare(
      `INSERT INTO run_ask (id, run_id, stage, step, attempt, kind, status, text, tool, subject, risk, risk_note, expires_at, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ask.id,
      ask.runId,
      ask.stage,
      ask.step,
      ask.attempt,
      ask.kind,
      ask.text,
      ask.tool,
      ask.subject,
      ask.risk ?? '',
      ask.riskNote,
      ask.expiresAt,
      write.now,
    );
}

/** Moves an ask by one row of its machine. Throws `already_decided` when it is no longer open. */
export function moveAsk(
  write: Write,
  ask: Pick<StoredAsk, 'id' | 'status' | 'decidedBy'>,
  on: ActionOf<typeof askMachine>,
  by: string,
  answer: string | null,
): AskStatus {
  if (ask.status !== 'open')
    throw new FailureError({
      tag: 'already_decided',
      message: `This was ${ask.status} before${ask.decidedBy === null ? '' : ` by ${ask.decidedBy}`}.`,
      hint: 'Nothing was changed.',
    });
  const to = unwrap(step(askMachine, ask.status, on));
  const { changes } = write
    .prepare(
      `UPDATE run_ask SET status = ?, answer = ?, decided_by = ?, decided_at = ? WHERE id = ? AND status = 'open'`,
    )
    .run(to, answer, by, write.now, ask.id);
  if (changes === 0) throw new Error(`the ask ${ask.id} moved on inside a transaction`);
  return to;
}

/** The agent that waited has its answer. Once. */
export function noteDelivered(write: Write, id: string): boolean {
  return (
    write
      .prepare(
        `UPDATE run_ask SET delivered_at = ? WHERE id = ? AND delivered_at IS NULL AND status <> 'open'`,
      )
      .run(write.now, id).changes > 0
  );
}

/** Asks whose time is over. */
export function listExpiredAsks(read: Read, now: string): StoredAsk[] {
  return read.prepare(`${ASKS} WHERE ask.status = 'open' AND ask.expires_at <= ?`).all(now).map(toAsk);
}

export function nextAskExpiry(read: Read): string | null {
  const row = read
    .prepare(`SELECT MIN(expires_at) AS next FROM run_ask WHERE status = 'open' AND expires_at IS NOT NULL`)
    .get();
  return row ? textOrNull(row, 'next') : null;
}

/** The run has ended: nobody waits any more. */
export function withdrawAsks(write: Write, runId: string): void {
  for (const ask of listOpenAsks(write, runId)) moveAsk(write, ask, 'withdraw', 'runtime', null);
}
