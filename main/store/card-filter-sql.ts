import { ageUpTo, relevanceFrom } from '../domain/proposal/board-facts.ts';
import { priorityFrom } from '../domain/proposal/board-order.ts';
import { boardFields, NONE, type BoardField, type BoardFilter } from '../domain/proposal/board-filter.ts';

/** What is asked of the cards: the filter of a board, and the project and goal a caller is bound to. */
export interface CardFilter extends BoardFilter {
  readonly projectId?: string | undefined;
  readonly goalId?: string | undefined;
  /** ISO; ages are told from it. Needed where `age` is. */
  readonly now?: string | undefined;
}

const PLAN_JOIN =
  'LEFT JOIN proposal_plan plan ON plan.proposal_id = p.id AND plan.plan_version = p.plan_version';
const RUN_JOIN =
  'LEFT JOIN run r ON r.id = (SELECT id FROM run WHERE run.proposal_id = p.id ORDER BY number DESC LIMIT 1)';

/** The same as `waitsOnWhom`. */
const WAITS = `CASE
    WHEN p.snoozed_until IS NOT NULL THEN 'later'
    WHEN p.planning = 'planning' THEN 'planner'
    WHEN p.stage = 'research' THEN IIF(p.open_questions > 0, 'you', 'nobody')
    WHEN p.stage = 'plan' THEN IIF(p.planning = 'failed' OR plan.plan IS NOT NULL, 'you', 'nobody')
    WHEN p.stage <> 'approved' OR r.rolled_back_at IS NOT NULL THEN 'nobody'
    WHEN r.status IN ('draft', 'blocked', 'review') THEN 'you'
    WHEN r.status IN ('queued', 'running', 'validating') THEN 'agent'
    WHEN r.status = 'paused' THEN 'later'
    ELSE 'nobody' END`;

const RELEVANCE = `CASE WHEN p.relevance >= ${String(relevanceFrom.high)} THEN 'high' WHEN p.relevance >= ${String(relevanceFrom.middle)} THEN 'middle' ELSE 'low' END`;

const PRIORITY = `CASE ${Object.entries(priorityFrom)
  .map(([level, from]) => `WHEN p.priority >= ${String(from)} THEN '${level}'`)
  .join(' ')} END`;

interface Column {
  readonly sql: string;
  readonly values: readonly string[];
  /** The tables it looks into besides the proposal. */
  readonly joins: readonly string[];
}

/** What each field is in SQL. Times are bound, not written, so that the statement stays the same. */
function columns(now: string | undefined): Record<BoardField, Column> {
  const since = (ms: number): string => new Date(Date.parse(now ?? '') - ms).toISOString();
  const plain = (sql: string, ...joins: readonly string[]): Column => ({ sql, values: [], joins });
  return {
    priority: plain(PRIORITY),
    source: plain('p.source'),
    goal: plain(`IFNULL(p.goal_id, '${NONE}')`),
    project: plain(`IFNULL(p.project_id, '${NONE}')`),
    risk: plain(`IFNULL(plan.plan ->> '$.risk', '${NONE}')`, PLAN_JOIN),
    effort: plain(`IFNULL(plan.plan ->> '$.effort', '${NONE}')`, PLAN_JOIN),
    relevance: plain(RELEVANCE),
    age: {
      sql: `CASE WHEN p.stage_since > ? THEN 'day' WHEN p.stage_since > ? THEN 'week' WHEN p.stage_since > ? THEN 'month' ELSE 'older' END`,
      values: now === undefined ? [] : [since(ageUpTo.day), since(ageUpTo.week), since(ageUpTo.month)],
      joins: [],
    },
    waits: plain(WAITS, PLAN_JOIN, RUN_JOIN),
  };
}

export interface CardWhere {
  readonly sql: string;
  readonly values: (string | number)[];
  /** What must be joined for it; a statement that joins plan and run anyway needs none of them. */
  readonly joins: string;
}

/** The condition of a filter over `proposal p`. A stage left out means every open one. */
export function cardWhere(
  stage: string | undefined,
  filter: CardFilter,
  fields: readonly BoardField[] = boardFields,
): CardWhere {
  const parts = [stage === undefined ? "p.stage IN ('idea', 'research', 'plan', 'approved')" : 'p.stage = ?'];
  const values: (string | number)[] = stage === undefined ? [] : [stage];
  const joins = new Set<string>();
  if (filter.projectId !== undefined) {
    parts.push('p.project_id = ?');
    values.push(filter.projectId);
  }
  if (filter.goalId !== undefined) {
    parts.push('p.goal_id = ?');
    values.push(filter.goalId);
  }
  const known = columns(filter.now);
  for (const field of fields) {
    const wanted: readonly string[] = filter[field] ?? [];
    if (wanted.length === 0) continue;
    parts.push(`${known[field].sql} IN (${wanted.map(() => '?').join(', ')})`);
    values.push(...known[field].values, ...wanted);
    for (const join of known[field].joins) joins.add(join);
  }
  const search = filter.search?.trim() ?? '';
  if (search !== '') {
    const number = /^[Pp]-?(\d+)$/u.exec(search)?.[1];
    const pattern = `%${search.replaceAll(/[\\%_]/gu, (character) => `\\${character}`)}%`;
    parts.push(
      `(p.title LIKE ? ESCAPE '\\' OR p.source_ref LIKE ? ESCAPE '\\'${number ? ' OR p.number = ?' : ''})`,
    );
    values.push(pattern, pattern);
    if (number) values.push(Number(number));
  }
  return { sql: parts.join(' AND '), values, joins: [...joins].join(' ') };
}

/** Every field as a column, with the tables they need: `SELECT … FROM proposal p …`. */
export function factColumns(now: string): { select: string; values: string[]; joins: string } {
  const known = columns(now);
  return {
    select: boardFields.map((field) => `${known[field].sql} AS ${field}`).join(', '),
    values: boardFields.flatMap((field) => known[field].values),
    joins: `${PLAN_JOIN} ${RUN_JOIN}`,
  };
}

export const CARD_JOINS = `LEFT JOIN project ON project.id = p.project_id
  LEFT JOIN goal ON goal.id = p.goal_id
  ${PLAN_JOIN}
  ${RUN_JOIN}`;
