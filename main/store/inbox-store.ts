import { readKey, sectionOfKind, sectionRank, type InboxKind } from '../domain/inbox/inbox-item.ts';
import type { InboxSection } from '../domain/inbox/inbox-section.ts';
import type { Read, Row } from './database.ts';
import { int, text, textOrNull } from './row.ts';

export interface StoredInboxItem {
  readonly kind: InboxKind;
  readonly entityId: string;
  readonly number: number;
  readonly title: string;
  readonly detail: string;
  readonly projectName: string | null;
  readonly version: number;
  readonly since: string;
  /** Of high risk, or with a required question open: looked at before it is started. */
  readonly openFirst: boolean;
  /** When it comes back; null unless it is snoozed. */
  readonly snoozedUntil: string | null;
}

/** Of the oldest thing the agent of a run waits for; null when it waits for nothing. */
const OPEN_ASK = (column: 'id' | 'kind' | 'risk'): string =>
  `(SELECT ask.${column} FROM run_ask AS ask WHERE ask.run_id = r.id AND ask.status = 'open' ORDER BY ask.created_at, ask.id LIMIT 1)`;

/** The plan that stands is of high risk, or would be refused for a question that nobody answered. */
const PLAN_OPENS = `(EXISTS (SELECT 1 FROM proposal_plan AS plan WHERE plan.proposal_id = p.id AND plan.plan_version = p.plan_version AND plan.plan ->> '$.risk' = 'high')
      OR EXISTS (SELECT 1 FROM proposal_qa AS qa WHERE qa.proposal_id = p.id AND qa.required = 1 AND qa.answer IS NULL))`;

/**
 * What needs the owner, from one statement that every count and list uses: ideas, plans and questions; drafts, questions of agents, results
 * to review; and the last attempt of an intent that failed, until it is retried or its proposal moves on. `state` tells two waits of one
 * item apart. Snoozed ones are what this leaves out, or all that it gives. `ids` names a parameter: a JSON list of the proposals and runs to look at.
 */
export function needsSql(snoozed: boolean, ids?: string): string {
  const only = (column: string): string =>
    ids === undefined ? '' : ` AND ${column} IN (SELECT value FROM json_each(${ids}))`;
  return `
  SELECT CASE stage WHEN 'idea' THEN 'idea' WHEN 'research' THEN 'question' ELSE CASE WHEN planning = 'failed' THEN iif(open_questions > 0, 'question', 'planning_failed') ELSE 'plan' END END AS kind,
    p.id AS id, p.number AS number, p.title AS title, p.project_id AS project_id, p.version AS version, p.stage_since AS since,
    CASE WHEN planning = 'failed' THEN planning_error WHEN stage = 'research' THEN open_questions || CASE open_questions WHEN 1 THEN ' open question' ELSE ' open questions' END
      WHEN stage = 'idea' THEN CASE WHEN p.source_ref <> '' THEN p.source_ref ELSE p.summary END ELSE p.summary END AS detail,
    CASE stage WHEN 'plan' THEN ${PLAN_OPENS} ELSE 0 END AS open_first,
    p.snoozed_until AS snoozed_until, 'proposal:' || p.id AS item_key, stage || '/' || planning || '/' || plan_version AS state
  FROM proposal p
  WHERE stage IN ('idea', 'research', 'plan') AND p.snoozed_until IS ${snoozed ? 'NOT NULL' : 'NULL'}${only('p.id')}
    AND CASE stage WHEN 'idea' THEN 1 WHEN 'research' THEN open_questions > 0 ELSE planning = 'failed' OR (planning = 'idle' AND plan_version > 0) END
  UNION ALL
  SELECT CASE status WHEN 'draft' THEN 'draft' WHEN 'blocked' THEN CASE ${OPEN_ASK('kind')} WHEN 'permission' THEN 'permission' ELSE 'blocked' END WHEN 'review' THEN 'review' ELSE 'failed' END,
    r.id, r.number, r.name, r.project_id, r.version, r.updated_at,
    CASE WHEN status = 'blocked' THEN question WHEN status IN ('failed', 'timeout') THEN error
      WHEN status = 'draft' THEN held ->> '$[0].reason'
      ELSE r.files_changed || CASE r.files_changed WHEN 1 THEN ' file, +' ELSE ' files, +' END || r.additions || ' -' || r.deletions END,
    CASE status WHEN 'blocked' THEN IFNULL(${OPEN_ASK('kind')} = 'permission' AND ${OPEN_ASK('risk')} = 'high', 0) ELSE 0 END,
    s.until, 'run:' || r.id, status || '/' || r.attempt || IFNULL('/' || ${OPEN_ASK('id')}, '')
  FROM run r LEFT JOIN run_snooze s ON s.run_id = r.id AND s.run_version = r.version
  WHERE s.until IS ${snoozed ? 'NOT NULL' : 'NULL'}${only('r.id')}
    AND (status IN ('draft', 'blocked', 'review')
      OR (status IN ('failed', 'timeout') AND NOT EXISTS (SELECT 1 FROM run AS later WHERE later.intent_id = r.intent_id AND later.attempt > r.attempt)
        AND EXISTS (SELECT 1 FROM intent WHERE intent.id = r.intent_id AND intent.status IN ('failed', 'timeout'))))`;
}
const NEEDS = needsSql(false);
const SNOOZED = needsSql(true);

export function toInboxItem(row: Row): StoredInboxItem {
  return {
    kind: text(row, 'kind') as StoredInboxItem['kind'],
    entityId: text(row, 'id'),
    number: int(row, 'number'),
    title: text(row, 'title'),
    detail: (textOrNull(row, 'detail') ?? '').slice(0, 300),
    projectName: textOrNull(row, 'project_name'),
    version: int(row, 'version'),
    since: text(row, 'since'),
    openFirst: int(row, 'open_first') === 1,
    snoozedUntil: textOrNull(row, 'snoozed_until'),
  };
}

/** Section by section; the oldest first within each. */
export function listInbox(read: Read, projectId: string | undefined, limit: number): StoredInboxItem[] {
  // The order is found from indexes alone; only the rows that are shown are read.
  const ids = read
    .prepare(
      `SELECT n.id FROM (${NEEDS}) AS n WHERE :projectId IS NULL OR n.project_id = :projectId ORDER BY ${sectionRank}, since, n.id LIMIT :limit`,
    )
    .all({ projectId: projectId ?? null, limit })
    .map((row) => text(row, 'id'));
  return read
    .prepare(
      `SELECT n.*, project.name AS project_name FROM (${needsSql(false, ':ids')}) AS n LEFT JOIN project ON project.id = n.project_id
       ORDER BY ${sectionRank}, since, n.id`,
    )
    .all({ ids: JSON.stringify(ids) })
    .map(toInboxItem);
}

/** What was snoozed and would wait otherwise; the first to come back first. */
export function listSnoozed(read: Read, projectId: string | undefined, limit: number): StoredInboxItem[] {
  return read
    .prepare(
      `SELECT n.*, project.name AS project_name FROM (${SNOOZED}) AS n LEFT JOIN project ON project.id = n.project_id
       WHERE :projectId IS NULL OR n.project_id = :projectId ORDER BY snoozed_until LIMIT :limit`,
    )
    .all({ projectId: projectId ?? null, limit })
    .map(toInboxItem);
}

export function countSnoozed(read: Read, projectId?: string): number {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS total FROM (${SNOOZED}) AS n WHERE :projectId IS NULL OR n.project_id = :projectId`,
    )
    .get({ projectId: projectId ?? null });
  return row ? int(row, 'total') : 0;
}

/** One item, snoozed or not; null when it waits for nobody. */
export function findInboxItem(read: Read, key: string): StoredInboxItem | null {
  const row = read
    .prepare(
      `SELECT n.*, project.name AS project_name FROM (${needsSql(false, ':ids')} UNION ALL ${needsSql(true, ':ids')}) AS n
       LEFT JOIN project ON project.id = n.project_id WHERE n.item_key = :key`,
    )
    .get({ key, ids: JSON.stringify([readKey(key).id]) });
  return row ? toInboxItem(row) : null;
}

/** How much waits in each section; one that is empty is left out. */
export function countSections(read: Read, projectId?: string): Map<InboxSection, number> {
  const sections = new Map<InboxSection, number>();
  for (const row of read
    .prepare(
      `SELECT kind, COUNT(*) AS total FROM (${NEEDS}) AS n WHERE :projectId IS NULL OR n.project_id = :projectId GROUP BY kind`,
    )
    .all({ projectId: projectId ?? null })) {
    const section = sectionOfKind[text(row, 'kind') as InboxKind];
    sections.set(section, (sections.get(section) ?? 0) + int(row, 'total'));
  }
  return sections;
}

export function countInbox(read: Read, projectId?: string): number {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS total FROM (${NEEDS}) AS n WHERE :projectId IS NULL OR n.project_id = :projectId`,
    )
    .get({ projectId: projectId ?? null });
  return row ? int(row, 'total') : 0;
}
