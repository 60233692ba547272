import { step } from '../domain/machine.ts';
import type { Execution, Intent, Trigger } from '../domain/intent/intent.ts';
import {
  intentMachine,
  type IntentAction,
  type IntentStatus,
  type IntentType,
  type MisfirePolicy,
  type TriggerType,
} from '../domain/intent/status.ts';
import { noRetries, retryPolicySchema } from '../domain/intent/retry-policy.ts';
import { unwrap } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { INTENT_COLUMNS, intentColumns } from './intent-columns.ts';
import { bool, int, intOrNull, json, notFound, staleVersion, text, textOrNull } from './row.ts';

function toIntent(row: Row): Intent {
  return {
    id: text(row, 'id'),
    version: int(row, 'version'),
    name: text(row, 'name'),
    description: text(row, 'description'),
    intentType: text(row, 'intent_type') as IntentType,
    status: text(row, 'status') as IntentStatus,
    query: text(row, 'query'),
    contextFiles: json<string[]>(row, 'context_files'),
    lane: text(row, 'lane'),
    executor: text(row, 'executor'),
    model: textOrNull(row, 'model'),
    trigger: json<Trigger>(row, 'trigger_config'),
    execution: json<Execution>(row, 'execution'),
    priority: int(row, 'priority'),
    enabled: bool(row, 'enabled'),
    nextDueAt: textOrNull(row, 'next_due_at'),
    misfirePolicy: text(row, 'misfire_policy') as MisfirePolicy,
    misfireMaxAgeMs: intOrNull(row, 'misfire_max_age_ms'),
    misfireCap: int(row, 'misfire_cap'),
    retryPolicy: retryPolicySchema.parse(json(row, 'retry_policy')),
    source: text(row, 'source'),
    sourceProposalId: textOrNull(row, 'source_proposal_id'),
    goalId: textOrNull(row, 'goal_id'),
    projectId: text(row, 'project_id'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  };
}

/** The intent; throws `not_found`. */
export function getIntent(read: Read, id: string): Intent {
  const row = read.prepare('SELECT * FROM intent WHERE id = ?').get(id);
  if (!row) throw notFound('intent', id);
  return toIntent(row);
}

/** What an intent is called; null when there is none with this id. */
export function findIntentName(read: Read, id: string): string | null {
  const row = read.prepare('SELECT name FROM intent WHERE id = ?').get(id);
  return row ? text(row, 'name') : null;
}

/** How missed times are caught up, and what is tried again, may be left to the defaults. */
export type NewIntent = Omit<
  Intent,
  'id' | 'version' | 'status' | 'createdAt' | 'updatedAt' | 'misfireMaxAgeMs' | 'misfireCap' | 'retryPolicy'
> &
  Partial<Pick<Intent, 'misfireMaxAgeMs' | 'misfireCap' | 'retryPolicy'>>;

const MISFIRE_CAP = 10;
const INSERT = `INSERT INTO intent (id, status, source, source_proposal_id, project_id, created_at, updated_at, ${INTENT_COLUMNS.join(', ')})
  VALUES (?, ?, ?, ?, ?, ?, ?, ${INTENT_COLUMNS.map(() => '?').join(', ')})`;

export function insertIntent(write: Write, given: NewIntent, actor: string): Intent {
  const { now } = write;
  const intent: Intent = {
    misfireMaxAgeMs: null,
    misfireCap: MISFIRE_CAP,
    retryPolicy: noRetries,
    ...given,
    id: write.nextId(),
    version: 1,
    status: 'pending',
    createdAt: now,
    updatedAt: now,
  };
  const { id, status, source, sourceProposalId, projectId } = intent;
  const columns = intentColumns(intent, now);
  write
    .prepare(INSERT)
    .run(
      id,
      status,
      source,
      sourceProposalId,
      projectId,
      now,
      now,
      ...INTENT_COLUMNS.map((column) => columns[column]),
    );
  write.emit({
    type: 'intentCreated',
    entity: 'intent',
    entityId: id,
    actor,
    payload: { name: intent.name },
  });
  return intent;
}

/** Where the intent of a run stands, without its texts: every end of a run reads this, so it is kept small. */
export interface IntentStanding {
  readonly id: string;
  readonly name: string;
  readonly status: IntentStatus;
  readonly nextDueAt: string | null;
  readonly trigger: TriggerType;
  readonly enabled: boolean;
  /** Of the run. */
  readonly goalId: string | null;
}

export function getStandingOfIntent(read: Read, runId: string): IntentStanding {
  const row = read
    .prepare(
      `SELECT intent.id, intent.name, intent.status, intent.next_due_at, intent.trigger_type, intent.enabled, run.goal_id
       FROM run JOIN intent ON intent.id = run.intent_id WHERE run.id = ?`,
    )
    .get(runId);
  if (!row) throw notFound('run', runId);
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    status: text(row, 'status') as IntentStatus,
    nextDueAt: textOrNull(row, 'next_due_at'),
    trigger: text(row, 'trigger_type') as TriggerType,
    enabled: bool(row, 'enabled'),
    goalId: textOrNull(row, 'goal_id'),
  };
}

/** Moves an intent by one row of its machine, or by several in turn; throws `illegal_transition`. */
export function transitionIntent(
  write: Write,
  id: string,
  on: IntentAction | readonly IntentAction[],
  actor: string,
): IntentStatus {
  const row = write.prepare('SELECT status FROM intent WHERE id = ?').get(id);
  if (!row) throw notFound('intent', id);
  return moveIntent(write, { id, status: text(row, 'status') as IntentStatus }, [on].flat(), actor);
}

/** As `transitionIntent`, for an intent that was read before; throws `stale_version` when it has moved since. */
export function moveIntent(
  write: Write,
  { id, status: from }: Pick<Intent, 'id' | 'status'>,
  actions: readonly IntentAction[],
  actor: string,
): IntentStatus {
  const passed = [from];
  for (const action of actions) passed.push(unwrap(step(intentMachine, passed.at(-1) ?? from, action)));
  const to = passed.at(-1) ?? from;
  const { changes } = write
    .prepare(
      'UPDATE intent SET status = ?, version = version + ?, updated_at = ? WHERE id = ? AND status = ?',
    )
    .run(to, passed.length - 1, write.now, id, from);
  if (changes !== 1) throw staleVersion('intent');
  for (const [at, before] of passed.slice(0, -1).entries())
    write.emit({
      type: 'intentChanged',
      entity: 'intent',
      entityId: id,
      actor,
      payload: { from: before, to: passed[at + 1] ?? to },
    });
  return to;
}

/** Enabled intents whose time has come, by index; earliest first. */
export function listDueIntents(read: Read, now: string, limit: number): Intent[] {
  return read
    .prepare(
      `SELECT * FROM intent WHERE enabled = 1 AND next_due_at IS NOT NULL AND next_due_at <= ? ORDER BY next_due_at LIMIT ?`,
    )
    .all(now, limit)
    .map(toIntent);
}

export function nextIntentTime(read: Read): string | null {
  const row = read
    .prepare('SELECT MIN(next_due_at) AS next FROM intent WHERE enabled = 1 AND next_due_at IS NOT NULL')
    .get();
  return row ? textOrNull(row, 'next') : null;
}

/** Intents whose due time was worked out when the clock was ahead of now: it was set back since. */
export function listIntentsAhead(read: Read, now: string, limit: number): Intent[] {
  return read
    .prepare(
      `SELECT * FROM intent WHERE enabled = 1 AND next_due_at IS NOT NULL AND due_from > ? ORDER BY due_from LIMIT ?`,
    )
    .all(now, limit)
    .map(toIntent);
}

export function countDueBefore(read: Read, time: string): number {
  const row = read
    .prepare(
      'SELECT COUNT(*) AS total FROM intent WHERE enabled = 1 AND next_due_at IS NOT NULL AND next_due_at <= ?',
    )
    .get(time);
  return row ? int(row, 'total') : 0;
}

/** Sets the due time; `from` is the time of the clock for which it is the first one after. */
export function setNextDue(write: Write, id: string, nextDueAt: string | null, from = write.now): void {
  write
    .prepare('UPDATE intent SET next_due_at = ?, due_from = ?, updated_at = ? WHERE id = ?')
    .run(nextDueAt, nextDueAt === null ? null : from, write.now, id);
}
