import type { JsonObject } from '../domain/primitives.ts';
import { upkeepTask, type UpkeepTask } from '../domain/upkeep/task.ts';
import type { Read, Write } from './database.ts';
import { json, text, textOrNull } from './row.ts';
import { schemaOf } from '../domain/list-schema.ts';

/** When a task was tried and done last; `error` is null while the last try went well. */
export interface UpkeepRow {
  readonly task: UpkeepTask;
  readonly lastTriedAt: string;
  readonly lastDoneAt: string | null;
  readonly error: string | null;
  readonly detail: JsonObject;
}

/** Tasks that were tried at least once. */
export function listUpkeep(read: Read): UpkeepRow[] {
  return read
    .prepare('SELECT * FROM upkeep ORDER BY task')
    .all()
    .map((row) => ({
      task: schemaOf(upkeepTask).parse(row['task']),
      lastTriedAt: text(row, 'last_tried_at'),
      lastDoneAt: textOrNull(row, 'last_done_at'),
      error: textOrNull(row, 'error'),
      detail: json<JsonObject>(row, 'detail'),
    }));
}

export function findUpkeep(read: Read, task: UpkeepTask): UpkeepRow | null {
  return listUpkeep(read).find((row) => row.task === task) ?? null;
}

/** Records how a task went, now; `error` null: well. */
export function recordUpkeep(write: Write, task: UpkeepTask, error: string | null, detail: JsonObject): void {
  write
    .prepare(
      `INSERT INTO upkeep (task, last_tried_at, last_done_at, error, detail) VALUES (:task, :now, :done, :error, :detail)
       ON CONFLICT (task) DO UPDATE SET last_tried_at = excluded.last_tried_at,
         last_done_at = COALESCE(excluded.last_done_at, last_done_at), error = excluded.error, detail = excluded.detail`,
    )
    .run({
      task,
      now: write.now,
      done: error === null ? write.now : null,
      error,
      detail: JSON.stringify({ v: 1, ...detail }),
    });
}
