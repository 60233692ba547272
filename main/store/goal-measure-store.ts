import type { Measure, Reading } from '../domain/goal/measure.ts';
import type { Read, Row, Write } from './database.ts';
import { int, text } from './row.ts';

export function findMeasure(read: Read, goalId: string): Measure | null {
  const row = read.prepare('SELECT * FROM goal_measure WHERE goal_id = ?').get(goalId);
  return row ? toMeasure(row) : null;
}

export function toMeasure(row: Row): Measure {
  return {
    name: text(row, 'name'),
    unit: text(row, 'unit'),
    start: int(row, 'start'),
    target: int(row, 'target'),
  };
}

/** Puts a measure in the place of what there was; null takes it away, with what was read of it. */
export function putMeasure(write: Write, goalId: string, measure: Measure | null): void {
  if (measure === null) {
    write.prepare('DELETE FROM goal_reading WHERE goal_id = ?').run(goalId);
    write.prepare('DELETE FROM goal_measure WHERE goal_id = ?').run(goalId);
    return;
  }
  write
    .prepare(
      `INSERT INTO goal_measure (goal_id, name, unit, start, target, created_at, updated_at) VALUES (:goalId, :name, :unit, :start, :target, :now, :now)
       ON CONFLICT (goal_id) DO UPDATE SET name = :name, unit = :unit, start = :start, target = :target, updated_at = :now`,
    )
    .run({ goalId, ...measure, now: write.now });
}

/** The newest first. */
export function listReadings(read: Read, goalId: string, limit: number): Reading[] {
  return read
    .prepare('SELECT * FROM goal_reading WHERE goal_id = ? ORDER BY created_at DESC, id DESC LIMIT ?')
    .all(goalId, limit)
    .map((row) => ({
      id: text(row, 'id'),
      value: int(row, 'value'),
      actor: text(row, 'actor'),
      createdAt: text(row, 'created_at'),
    }));
}

export function insertReading(write: Write, goalId: string, value: number, actor: string): string {
  const id = write.nextId();
  write
    .prepare('INSERT INTO goal_reading (id, goal_id, value, actor, created_at) VALUES (?, ?, ?, ?, ?)')
    .run(id, goalId, value, actor, write.now);
  return id;
}

/** Whether there was such a reading. */
export function deleteReading(write: Write, goalId: string, id: string): boolean {
  return write.prepare('DELETE FROM goal_reading WHERE goal_id = ? AND id = ?').run(goalId, id).changes === 1;
}
