import type { Goal } from '../domain/goal/goal.ts';
import { goalMachine, type GoalAction, type GoalStatus } from '../domain/goal/status.ts';
import { step } from '../domain/machine.ts';
import { FailureError, unwrap } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { bool, int, intOrNull, notFound, staleVersion, text, textOrNull } from './row.ts';

function toGoal(row: Row): Goal {
  return {
    id: text(row, 'id'),
    version: int(row, 'version'),
    title: text(row, 'title'),
    description: text(row, 'description'),
    category: text(row, 'category'),
    priority: int(row, 'priority'),
    status: text(row, 'status') as GoalStatus,
    progress: int(row, 'progress'),
    progressByHand: bool(row, 'progress_by_hand'),
    targetDate: textOrNull(row, 'target_date'),
    parentId: textOrNull(row, 'parent_id'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  };
}

export function listGoals(read: Read): Goal[] {
  return read.prepare('SELECT * FROM goal ORDER BY priority DESC, created_at').all().map(toGoal);
}

/** Goals that work of a project serves, and no others; the most wanted first. */
export function listGoalsOfProject(read: Read, projectId: string): Goal[] {
  return read
    .prepare(
      `SELECT * FROM goal WHERE id IN (SELECT goal_id FROM proposal WHERE project_id = :projectId UNION SELECT goal_id FROM run WHERE project_id = :projectId)
       ORDER BY priority DESC, created_at`,
    )
    .all({ projectId })
    .map(toGoal);
}

/** The goal; throws `not_found`. */
export function getGoal(read: Read, id: string): Goal {
  const row = read.prepare('SELECT * FROM goal WHERE id = ?').get(id);
  if (!row) throw notFound('goal', id);
  return toGoal(row);
}

export type GoalFields = Pick<
  Goal,
  'title' | 'description' | 'category' | 'priority' | 'targetDate' | 'parentId'
>;

export function insertGoal(write: Write, fields: GoalFields, actor: string): Goal {
  if (fields.parentId !== null) getGoal(write, fields.parentId);
  const id = write.nextId();
  write
    .prepare(
      `INSERT INTO goal (id, title, description, category, priority, status, target_date, parent_id, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, 'active', ?, ?, ?, ?)`,
    )
    .run(
      id,
      fields.title,
      fields.description,
      fields.category,
      fields.priority,
      fields.targetDate,
      fields.parentId,
      write.now,
      write.now,
    );
  write.emit({ type: 'goalCreated', entity: 'goal', entityId: id, actor });
  if (fields.parentId !== null) deriveProgress(write, fields.parentId, actor);
  return getGoal(write, id);
}

/** Throws `goal_cycle` when the new parent is the goal itself or below it, `stale_version` when it changed since. */
export function updateGoal(
  write: Write,
  id: string,
  version: number,
  fields: Partial<GoalFields> & { progress?: number | null },
  actor: string,
): Goal {
  const before = getGoal(write, id);
  const after = { ...before, ...fields };
  if (after.parentId !== null && descends(write, after.parentId, id))
    throw new FailureError({
      tag: 'goal_cycle',
      message: 'A goal cannot be placed below itself.',
      hint: 'Choose another parent.',
    });
  const byHand = fields.progress === undefined ? before.progressByHand : fields.progress !== null;
  const { changes } = write
    .prepare(
      `UPDATE goal SET title = ?, description = ?, category = ?, priority = ?, target_date = ?, parent_id = ?, progress = ?,
         progress_by_hand = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?`,
    )
    .run(
      after.title,
      after.description,
      after.category,
      after.priority,
      after.targetDate,
      after.parentId,
      fields.progress ?? before.progress,
      byHand ? 1 : 0,
      write.now,
      id,
      version,
    );
  if (changes !== 1) throw staleVersion('goal');
  write.emit({
    type: 'goalUpdated',
    entity: 'goal',
    entityId: id,
    actor,
    payload: { changed: Object.keys(fields) },
  });
  deriveProgress(write, id, actor);
  for (const parent of new Set([before.parentId, after.parentId]))
    if (parent !== null) deriveProgress(write, parent, actor);
  return getGoal(write, id);
}

export function transitionGoal(
  write: Write,
  id: string,
  version: number,
  on: GoalAction,
  actor: string,
): Goal {
  const goal = getGoal(write, id);
  const to = unwrap(step(goalMachine, goal.status, on));
  const { changes } = write
    .prepare(
      'UPDATE goal SET status = ?, version = version + 1, updated_at = ? WHERE id = ? AND status = ? AND version = ?',
    )
    .run(to, write.now, id, goal.status, version);
  if (changes !== 1) throw staleVersion('goal');
  write.emit({ type: 'goalUpdated', entity: 'goal', entityId: id, actor, payload: { status: to } });
  if (goal.parentId !== null) deriveProgress(write, goal.parentId, actor);
  return getGoal(write, id);
}

/**
 * Progress of a goal that is not set by hand: the mean over its sub-goals' progress and its intents, where an intent that
 * completed counts 100 and any other that was not cancelled counts 0. Goes on to the parent when it moved.
 */
export function deriveProgress(write: Write, id: string, actor: string): void {
  const goal = getGoal(write, id);
  if (!goal.progressByHand) {
    const row = write
      .prepare(
        `SELECT AVG(part) AS mean FROM (
           SELECT progress AS part FROM goal WHERE parent_id = :id AND status <> 'dropped'
           UNION ALL
           SELECT CASE status WHEN 'completed' THEN 100 ELSE 0 END FROM intent WHERE goal_id = :id AND status <> 'cancelled')`,
      )
      .get({ id });
    const progress = Math.round((row && intOrNull(row, 'mean')) ?? 0);
    if (progress === goal.progress) return;
    write.prepare('UPDATE goal SET progress = ?, updated_at = ? WHERE id = ?').run(progress, write.now, id);
    write.emit({ type: 'goalUpdated', entity: 'goal', entityId: id, actor, payload: { progress } });
  }
  if (goal.parentId !== null) deriveProgress(write, goal.parentId, actor);
}

function descends(read: Read, candidate: string, ancestor: string): boolean {
  return (
    read
      .prepare(
        `WITH RECURSIVE up(id) AS (SELECT :candidate UNION SELECT goal.parent_id FROM goal JOIN up ON goal.id = up.id WHERE goal.parent_id IS NOT NULL)
         SELECT 1 AS one FROM up WHERE id = :ancestor`,
      )
      .get({ candidate, ancestor }) !== undefined
  );
}
