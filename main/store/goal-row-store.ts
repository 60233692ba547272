import type { Goal } from '../domain/goal/goal.ts';
import { basisOf, whyProgress, type GoalRow, type ProgressParts } from '../domain/goal/goal-row.ts';
import { inTreeOrder } from '../domain/goal/tree-order.ts';
import { isStale } from '../domain/goal/stale.ts';
import { parseTime } from '../shared/clock.ts';
import type { Read } from './database.ts';
import { toMeasure } from './goal-measure-store.ts';
import { listGoals } from './goal-store.ts';
import { int, intOrNull, text, textOrNull } from './row.ts';

const TREND = 24;

/**
 * Every goal in the order of the tree, with what is shown beside it: one pass over each table by its index, whatever the number of goals. `now` in
 * milliseconds decides what is stale.
 */
export function listGoalRows(read: Read, now: number): GoalRow[] {
  const goals = listGoals(read);
  const measures = new Map(
    read
      .prepare('SELECT * FROM goal_measure')
      .all()
      .map((row) => [text(row, 'goal_id'), toMeasure(row)]),
  );
  const readings = lastValues(read, READINGS);
  const progress = lastValues(read, PROGRESS);
  const proposals = new Map(
    read
      .prepare(PROPOSALS)
      .all()
      .map((row) => [text(row, 'goal_id'), row]),
  );
  const intents = new Map(
    read
      .prepare(INTENTS)
      .all()
      .map((row) => [text(row, 'goal_id'), row]),
  );
  const children = Map.groupBy(goals, ({ parentId }) => parentId);
  const moved = movedTimes(goals, children, (goal) =>
    [
      goal.updatedAt,
      latest(proposals.get(goal.id)),
      latest(intents.get(goal.id)),
      readings.get(goal.id)?.at(-1)?.at,
    ].reduce<string>((last, time) => (time && time > last ? time : last), ''),
  );

  const rows = goals.map((goal) => {
    const { description: _, ...shown } = goal;
    const measure = measures.get(goal.id) ?? null;
    const read = measure ? (readings.get(goal.id) ?? []) : [];
    const last = read.at(-1) ?? null;
    const work = intents.get(goal.id);
    const linked = proposals.get(goal.id);
    const parts: ProgressParts = {
      byHand: goal.progressByHand,
      measured: last !== null,
      subGoals: (children.get(goal.id) ?? []).filter(({ status }) => status !== 'dropped').length,
      intents: work ? int(work, 'counted') : 0,
      completed: work ? int(work, 'completed') : 0,
    };
    const movedAt = moved.get(goal.id) ?? goal.updatedAt;
    return {
      ...shown,
      basis: basisOf(parts),
      why: whyProgress(parts, measure, last?.value ?? null),
      measure,
      reading: last,
      trend: (measure ? read : (progress.get(goal.id) ?? [])).map(({ value }) => value),
      proposals: {
        all: linked ? int(linked, 'total') : 0,
        open: linked ? (intOrNull(linked, 'open') ?? 0) : 0,
        done: work ? int(work, 'done') : 0,
      },
      movedAt,
      stale: isStale(goal.status, parseTime(movedAt), now),
    };
  });
  return inTreeOrder(rows);
}

const latest = (row: Parameters<typeof textOrNull>[0] | undefined): string | null =>
  row ? textOrNull(row, 'moved') : null;

const PROPOSALS = `SELECT goal_id, COUNT(*) AS total, SUM(stage IN ('idea', 'research', 'plan')) AS open, MAX(updated_at) AS moved
  FROM proposal WHERE goal_id IS NOT NULL GROUP BY goal_id`;
const INTENTS = `SELECT goal_id, COALESCE(SUM(status <> 'cancelled'), 0) AS counted, COALESCE(SUM(status = 'completed'), 0) AS completed,
    COUNT(DISTINCT CASE WHEN status = 'completed' THEN source_proposal_id END) AS done, MAX(updated_at) AS moved
  FROM intent WHERE goal_id IS NOT NULL GROUP BY goal_id`;
const READINGS = `SELECT goal_id AS id, value, created_at AS at FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY goal_id ORDER BY created_at DESC, id DESC) AS place FROM goal_reading
  ) WHERE place <= ${String(TREND)} ORDER BY goal_id, place DESC`;
const PROGRESS = `SELECT entity_id AS id, progress AS value, at FROM (
    SELECT entity_id, at, payload ->> '$.progress' AS progress, ROW_NUMBER() OVER (PARTITION BY entity_id ORDER BY seq DESC) AS place
    FROM domain_event WHERE entity = 'goal' AND payload ->> '$.progress' IS NOT NULL
  ) WHERE place <= ${String(TREND)} ORDER BY entity_id, place DESC`;

function lastValues(read: Read, sql: string): Map<string, { value: number; at: string }[]> {
  return Map.groupBy(
    read
      .prepare(sql)
      .all()
      .map((row) => ({ id: text(row, 'id'), value: int(row, 'value'), at: text(row, 'at') })),
    ({ id }) => id,
  );
}

/** What moves a goal moves those above it. */
function movedTimes(
  goals: readonly Goal[],
  children: ReadonlyMap<string | null, readonly Goal[]>,
  own: (goal: Goal) => string,
): Map<string, string> {
  const times = new Map<string, string>();
  const visit = (goal: Goal): string => {
    const known = times.get(goal.id);
    if (known !== undefined) return known;
    const time = (children.get(goal.id) ?? []).reduce((last, child) => {
      const moved = visit(child);
      return moved > last ? moved : last;
    }, own(goal));
    times.set(goal.id, time);
    return time;
  };
  goals.forEach(visit);
  return times;
}
