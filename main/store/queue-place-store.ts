import { taskType, type TaskType } from '../domain/run/task-type.ts';
import { TASK_TYPE } from './auto-run-store.ts';
import type { Read, Row } from './database.ts';
import { int, intOrNull, text } from './row.ts';
import { rankOf, WORKING, workingCount } from './run-claim-store.ts';
import { schemaOf } from '../domain/list-schema.ts';

/** What a queued run may have to wait for: how many work beside it, in each respect that has a limit. */
export interface QueuePlace {
  readonly id: string;
  /** Another run of its intent works. */
  readonly intentBusy: boolean;
  readonly working: {
    readonly all: number;
    readonly project: number;
    readonly executor: number;
    readonly account: number;
  };
  readonly projectMaxRuns: number | null;
  readonly projectId: string;
  readonly executor: string;
  readonly taskType: TaskType;
  /** Queued runs that come first, counted up to `MOST_AHEAD`. */
  readonly ahead: number;
}

export const MOST_AHEAD = 100;

/** Of these runs, the queued ones with where each stands. */
export function listQueuePlaces(read: Read, ids: readonly string[]): QueuePlace[] {
  return read
    .prepare(
      `SELECT run.id, run.project_id, run.executor, ${TASK_TYPE('run')} AS task_type, project.max_runs,
         EXISTS (SELECT 1 FROM run AS other INDEXED BY run_working WHERE other.${WORKING} AND other.intent_id = run.intent_id) AS intent_busy,
         ${workingCount('')} AS all_working, ${workingCount('AND at_work.project_id = run.project_id')} AS of_project,
         ${workingCount('AND at_work.executor = run.executor')} AS of_executor,
         ${workingCount('AND at_work.executor_account_id = run.executor_account_id')} AS of_account,
         (SELECT COUNT(*) FROM (SELECT 1 FROM run AS before INDEXED BY run_line WHERE before.status = 'queued'
            AND ${rankOf('before')} <= ${rankOf('run')}
            AND (${rankOf('before')} < ${rankOf('run')} OR before.rowid < run.rowid) LIMIT ${String(MOST_AHEAD)})) AS ahead
       FROM run JOIN project ON project.id = run.project_id
       WHERE run.id IN (SELECT value FROM json_each(?)) AND run.status = 'queued'`,
    )
    .all(JSON.stringify(ids))
    .map(toQueuePlace);
}

function toQueuePlace(row: Row): QueuePlace {
  return {
    id: text(row, 'id'),
    intentBusy: int(row, 'intent_busy') === 1,
    working: {
      all: int(row, 'all_working'),
      project: int(row, 'of_project'),
      executor: int(row, 'of_executor'),
      account: int(row, 'of_account'),
    },
    projectMaxRuns: intOrNull(row, 'max_runs'),
    projectId: text(row, 'project_id'),
    executor: text(row, 'executor'),
    taskType: schemaOf(taskType).parse(text(row, 'task_type')),
    ahead: int(row, 'ahead'),
  };
}
