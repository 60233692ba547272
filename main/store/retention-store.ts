import type { RunEventType } from '../domain/run/run-event.ts';
import { runMachine } from '../domain/run/status.ts';
import type { Read, Write } from './database.ts';
import { int, json, text } from './row.ts';
import { forgetEvents } from './search-index-store.ts';

/**
 * What of a timeline may go once its run has long ended: the talk. What stays is what a run is judged by later: its states, tests,
 * verdicts, checkpoints, questions, answers, endings and errors. Sequence numbers stay as they are.
 */
const PASSING: readonly RunEventType[] = [
  'setup_started',
  'child_started',
  'output',
  'message',
  'reasoning',
  'tool_call',
  'tool_result',
  'file_change',
  'usage',
  'retry',
  'test_started',
  'output_capped',
];

const ENDED = `run.status IN (SELECT value FROM json_each(:ended)) AND run.ended_at < :before`;
const passing = JSON.stringify(PASSING);
const ended = JSON.stringify(runMachine.ends);

/** Deletes at most `limit` passing events of runs that ended before a time (ISO); gives how many went. */
export function deleteOldRunEvents(write: Write, before: string, limit: number): number {
  const gone = write
    .prepare(
      `DELETE FROM run_event WHERE (run_id, seq) IN (
         SELECT run_event.run_id, run_event.seq FROM run JOIN run_event ON run_event.run_id = run.id
         WHERE ${ENDED} AND run_event.type IN (SELECT value FROM json_each(:passing)) LIMIT :limit)
       RETURNING (SELECT number FROM run WHERE id = run_event.run_id) AS number, seq`,
    )
    .all({ ended, before, passing, limit });
  forgetEvents(
    write,
    gone.map((row) => ({ number: int(row, 'number'), seq: int(row, 'seq') })),
  );
  return gone.length;
}

/** Deletes at most `limit` domain events from before a time (ISO), oldest first; never the newest, which says where the stream stands. */
export function deleteOldDomainEvents(write: Write, before: string, limit: number): number {
  return write
    .prepare(
      `DELETE FROM domain_event WHERE at < :before AND seq < (SELECT MAX(seq) FROM domain_event)
         AND seq IN (SELECT seq FROM domain_event ORDER BY seq LIMIT :limit)`,
    )
    .run({ before, limit }).changes;
}

/** How many rows the two deletions above would take in all. */
export function countOldEvents(read: Read, before: string): { runEvents: number; domainEvents: number } {
  const runs = read
    .prepare(
      `SELECT COUNT(*) AS n FROM run JOIN run_event ON run_event.run_id = run.id
       WHERE ${ENDED} AND run_event.type IN (SELECT value FROM json_each(:passing))`,
    )
    .get({ ended, before, passing });
  const domain = read
    .prepare(
      'SELECT COUNT(*) AS n FROM domain_event WHERE at < ? AND seq < (SELECT MAX(seq) FROM domain_event)',
    )
    .get(before);
  return { runEvents: runs ? int(runs, 'n') : 0, domainEvents: domain ? int(domain, 'n') : 0 };
}

/** Of these ids, the runs whose raw output is still needed: they have not ended, or ended after a time (ISO). */
export function runsThatNeedOutput(read: Read, ids: readonly string[], before: string): Set<string> {
  const rows = read
    .prepare(`SELECT id FROM run WHERE id IN (SELECT value FROM json_each(:ids)) AND NOT (${ENDED})`)
    .all({ ids: JSON.stringify(ids), ended, before });
  return new Set(rows.map((row) => text(row, 'id')));
}

/**
 * Runs that ended before a time (ISO), by project, whose commits nobody comes back to: not one that was rolled back and may be applied again,
 * nor the newest attempt of an intent that may be retried and take over what had passed.
 */
export function runsWithOldCommits(
  read: Read,
  before: string,
): { projectPath: string; runIds: readonly string[] }[] {
  const rows = read
    .prepare(
      `SELECT project.local_path AS path, json_group_array(run.id) AS ids
       FROM run JOIN project ON project.id = run.project_id JOIN intent ON intent.id = run.intent_id
       WHERE ${ENDED} AND run.head_commit IS NOT NULL AND NOT (run.status = 'applied' AND run.rolled_back_commit IS NOT NULL)
         AND NOT (intent.status IN ('failed', 'timeout')
           AND NOT EXISTS (SELECT 1 FROM run AS later WHERE later.intent_id = run.intent_id AND later.attempt > run.attempt))
       GROUP BY project.id`,
    )
    .all({ ended, before });
  return rows.map((row) => ({ projectPath: text(row, 'path'), runIds: json<string[]>(row, 'ids') }));
}
