import { AUTO, AUTO_LABEL, taskType, type TaskType } from '../domain/run/task-type.ts';
import type { Read, Write } from './database.ts';
import { int, text } from './row.ts';
import { rankOf, WORKING } from './run-claim-store.ts';
import { MAY_START } from './run-retry-store.ts';
import { schemaOf } from '../domain/list-schema.ts';

/** Queued runs without an executor of their own: one is chosen in the transaction that claims them. */
export interface AutoRun {
  readonly id: string;
  readonly taskType: TaskType;
  /** What its executor is called unless the choice says so. */
  readonly label: string;
}

export const TASK_TYPE = (run: string): string => `IFNULL(${run}.execution ->> '$.taskType', 'code')`;

/** Of each project and kind of task the one that would be claimed first. */
export function listFirstAutoRuns(write: Write, except: readonly string[]): AutoRun[] {
  return write
    .prepare(
      `SELECT id, task_type, executor_label FROM (
         SELECT run.id, run.executor_label, ${TASK_TYPE('run')} AS task_type,
           row_number() OVER (PARTITION BY run.project_id, ${TASK_TYPE('run')} ORDER BY ${rankOf('run')}, run.rowid) AS place
         FROM run INDEXED BY run_lane
         WHERE run.status = 'queued' AND run.executor = '${AUTO}'
           AND run.id NOT IN (SELECT value FROM json_each(:except)) AND ${MAY_START}
           AND NOT EXISTS (SELECT 1 FROM run AS other INDEXED BY run_working WHERE other.${WORKING} AND other.intent_id = run.intent_id))
       WHERE place = 1`,
    )
    .all({ except: JSON.stringify(except), now: write.now })
    .map((row) => ({
      id: text(row, 'id'),
      taskType: schemaOf(taskType).parse(text(row, 'task_type')),
      label: text(row, 'executor_label'),
    }));
}

export function hasAutoRuns(read: Read): boolean {
  return (
    read
      .prepare(`SELECT 1 AS one FROM run WHERE status = 'queued' AND executor = '${AUTO}' LIMIT 1`)
      .get() !== undefined
  );
}

/** Gives a queued run an executor, or takes it back. A label that its owner gave it stays. */
export function setRunExecutor(
  write: Write,
  run: AutoRun,
  chosen: { readonly executor: string; readonly label: string } | null,
): void {
  write
    .prepare(`UPDATE run SET executor = ?, executor_label = ? WHERE id = ? AND status = 'queued'`)
    .run(
      chosen?.executor ?? AUTO,
      chosen !== null && run.label === AUTO_LABEL ? chosen.label : run.label,
      run.id,
    );
}

/** How many runs work with each executor. */
export function countWorkingOfExecutors(read: Read): ReadonlyMap<string, number> {
  return new Map(
    read
      .prepare(
        `SELECT executor, COUNT(*) AS total FROM run INDEXED BY run_working WHERE ${WORKING} GROUP BY executor`,
      )
      .all()
      .map((row) => [text(row, 'executor'), int(row, 'total')]),
  );
}
