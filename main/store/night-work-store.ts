import { taskType, type TaskType } from '../domain/run/task-type.ts';
import { TASK_TYPE } from './auto-run-store.ts';
import type { Read } from './database.ts';
import { int, text, textOrNull } from './row.ts';
import { rankOf } from './run-claim-store.ts';
import { schemaOf } from '../domain/list-schema.ts';

/** Work that a plan of the night is made of. */
export interface NightWork {
  readonly runId: string | null;
  readonly number: number | null;
  readonly intentId: string;
  readonly projectId: string;
  readonly projectName: string;
  readonly name: string;
  /** `auto`: it is chosen by the kind of task. */
  readonly executor: string;
  readonly taskType: TaskType;
  readonly priority: number;
  /** ISO; null: at once. */
  readonly notBefore: string | null;
}

/** Queued runs in the order of the queue, then what schedules will queue until a time, soonest first. */
export function listNightWork(read: Read, until: string, limit: number): NightWork[] {
  const queued = read
    .prepare(
      `SELECT run.id, run.number, run.intent_id, run.project_id, project.name AS project_name, run.name, run.executor, ${TASK_TYPE('run')} AS task_type, run.priority, run.not_before
       FROM run INDEXED BY run_line JOIN project ON project.id = run.project_id
       WHERE run.status = 'queued' ORDER BY ${rankOf('run')}, run.rowid LIMIT ?`,
    )
    .all(limit)
    .map((row) => ({
      runId: text(row, 'id'),
      number: int(row, 'number'),
      intentId: text(row, 'intent_id'),
      projectId: text(row, 'project_id'),
      projectName: text(row, 'project_name'),
      name: text(row, 'name'),
      executor: text(row, 'executor'),
      taskType: schemaOf(taskType).parse(text(row, 'task_type')),
      priority: int(row, 'priority'),
      notBefore: textOrNull(row, 'not_before'),
    }));
  const due = read
    .prepare(
      `SELECT intent.id, intent.project_id, project.name AS project_name, intent.name, intent.executor, ${TASK_TYPE('intent')} AS task_type, intent.priority, intent.next_due_at
       FROM intent JOIN project ON project.id = intent.project_id
       WHERE intent.enabled = 1 AND intent.next_due_at IS NOT NULL AND intent.next_due_at < ? ORDER BY intent.next_due_at, intent.id LIMIT ?`,
    )
    .all(until, Math.max(0, limit - queued.length))
    .map((row) => ({
      runId: null,
      number: null,
      intentId: text(row, 'id'),
      projectId: text(row, 'project_id'),
      projectName: text(row, 'project_name'),
      name: text(row, 'name'),
      executor: text(row, 'executor'),
      taskType: schemaOf(taskType).parse(text(row, 'task_type')),
      priority: int(row, 'priority'),
      notBefore: text(row, 'next_due_at'),
    }));
  return [...queued, ...due];
}
