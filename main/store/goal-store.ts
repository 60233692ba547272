import type { Goal } from '../domain/goal/goal.ts';
import { measuredProgress, type Measure } from '../domain/goal/measure.ts';
import { goalMachine, type GoalAction, type GoalStatus } from '../domain/goal/status.ts';
import { step } from '../domain/machine.ts';
import type { JsonObject } from '../domain/primitives.ts';
import { FailureError, unwrap } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { findMeasure, listReadings, putMeasure } from './goal-measure-store.ts';
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

export function insertGoal(
  write: Write,
  fields: GoalFields & { measure?: Measure | null },
  actor: string,
): Goal {
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
  if (fields.measure) putMeasure(write, id, fields.measure);
  write.emit({ type: 'goalCreated', entity: 'goal', entityId: id, actor });
  if (fields.parentId !== null) deriveProgress(write, fields.parentId, actor);
  return getGoal(write, id);
}

/** Throws `goal_cycle` when the new parent is the goal itself or below it, `stale_version` when it changed since. */
export function updateGoal(
  write: Write,
  id: string,
  version: number,
  fields: Partial<GoalFields> & { progress?: number | null; measure?: Measure | null },
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
  if (fields.measure !== undefined) putMeasure(write, id, fields.measure);
  const { progress } = fields;
  write.emit({
    type: 'goalUpdated',
    entity: 'goal',
    entityId: id,
    actor,
    // With the figure, when it was set: the trend of a goal is read from its events.
    payload: { changed: Object.keys(fields), ...(typeof progress === 'number' ? { progress } : {}) },
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
 * Progress of a goal that is not set by hand: what its measure says, when it has one that was read; else the mean over its sub-goals' progress and its intents, where an intent that
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
    const progress = measured(write, id) ?? Math.round((row && intOrNull(row, 'mean')) ?? 0);
    if (progress === goal.progress) return;
    write.prepare('UPDATE goal SET progress = ?, updated_at = ? WHERE id = ?').run(progress, write.now, id);
    write.emit({ type: 'goalUpdated', entity: 'goal', entityId: id, actor, payload: { progress } });
  }
  if (goal.parentId !== null) deriveProgress(write, goal.parentId, actor);
}

function measured(read: Read, id: string): number | null {
  const measure = findMeasure(read, id);
  const [last] = measure ? listReadings(read, id, 1) : [];
  return measure && last ? measuredProgress(measure, last.value) : null;
}

/** Notes that something beside its own row changed, so that an older view of it decides nothing; throws `stale_version`. */
export function touchGoal(
  write: Write,
  id: string,
  version: number | null,
  payload: JsonObject,
  actor: string,
): void {
  const goal = getGoal(write, id);
  if (version !== null && goal.version !== version) throw staleVersion('goal');
  write.prepare('UPDATE goal SET version = version + 1, updated_at = ? WHERE id = ?').run(write.now, id);
  write.emit({ type: 'goalUpdated', entity: 'goal', entityId: id, actor, payload });
  deriveProgress(write, id, actor);
}

/** Removes a goal that has no sub-goals; what was linked to it stays, without a goal. */
export function removeGoal(write: Write, id: string, version: number, actor: string): void {
  const goal = getGoal(write, id);
  if (goal.version !== version) throw staleVersion('goal');
  if (write.prepare('SELECT 1 AS one FROM goal WHERE parent_id = ? LIMIT 1').get(id) !== undefined)
    throw new FailureError({
      tag: 'goal_has_children',
      message: `${goal.title} has sub-goals.`,
      hint: 'Remove them first, or place them elsewhere. To give all of it up, drop it.',
    });
  write.prepare('DELETE FROM goal WHERE id = ?').run(id);
  write.emit({
    type: 'goalRemoved',
    entity: 'goal',
    entityId: id,
    actor,
    payload: { title: goal.title },
  });
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
