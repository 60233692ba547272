import { step } from '../domain/machine.ts';
import { flags, type FlagKey } from '../domain/flag/flag.ts';
import { runMachine } from '../domain/run/status.ts';
import { unwrap } from '../shared/result.ts';
import type { Read, Write } from './database.ts';
import { int, text } from './row.ts';
import { insertRunEvents } from './run-event-store.ts';
import { listRunIdsByStatus } from './run-store.ts';
import { MAY_START } from './run-retry-store.ts';

/**
 * Which queued run is next, and who has it.
 *
 * A run's rank is the time it was queued at, less `AGING_MS` for each point of its priority; the lowest rank is next. The order of two
 * runs never changes while they wait, so an index holds it, and waiting counts: after `AGING_MS` a run stands where a new one with one
 * point more would, so nothing waits behind newer runs for longer than 100 times that.
 */
export const AGING_MS = 60_000;
/** As in the indexes `run_line` and `run_lane`. */
export const rankOf = (run: string): string =>
  `CAST(unixepoch(${run}.queued_at, 'subsec') * 1000 AS INTEGER) - ${run}.priority * ${String(AGING_MS)}`;

/** Rows of `run_working`. */
export const WORKING = `status IN ('running', 'validating')`;
export const workingCount = (where: string): string =>
  `(SELECT COUNT(*) FROM run AS at_work INDEXED BY run_working WHERE at_work.${WORKING} ${where})`;
const flagValue = (key: FlagKey): string =>
  `IFNULL((SELECT value FROM runtime_flag WHERE key = '${key}'), '${flags[key].defaultValue}')`;
/** A limit that is a flag; 0 sets none. */
const limit = (key: FlagKey): string => `IFNULL(NULLIF(CAST(${flagValue(key)} AS INTEGER), 0), 1000000)`;

/**
 * The one statement that claims. `lane` steps from one combination of project, executor and account to the next by index, with one
 * queued run of each; of the lanes that have a free place, the run of lowest rank is taken. It costs a few index look-ups for each lane,
 * whatever the number of queued runs; the indexes are named, so that no statistics make SQLite choose another way.
 */
const CLAIM = `
  WITH RECURSIVE lane(id) AS (
    SELECT (SELECT rowid FROM run INDEXED BY run_lane WHERE status = 'queued'
      ORDER BY project_id, executor, IFNULL(executor_account_id, '') LIMIT 1)
    UNION ALL
    SELECT COALESCE(
      (SELECT next.rowid FROM run AS next INDEXED BY run_lane WHERE next.status = 'queued' AND next.project_id = one.project_id
         AND next.executor = one.executor AND IFNULL(next.executor_account_id, '') > IFNULL(one.executor_account_id, '')
       ORDER BY IFNULL(next.executor_account_id, '') LIMIT 1),
      (SELECT next.rowid FROM run AS next INDEXED BY run_lane WHERE next.status = 'queued' AND next.project_id = one.project_id
         AND next.executor > one.executor ORDER BY next.executor, IFNULL(next.executor_account_id, '') LIMIT 1),
      (SELECT next.rowid FROM run AS next INDEXED BY run_lane WHERE next.status = 'queued' AND next.project_id > one.project_id
       ORDER BY next.project_id, next.executor, IFNULL(next.executor_account_id, '') LIMIT 1))
    FROM lane JOIN run AS one ON one.rowid = lane.id
  )
  UPDATE run SET status = :to, version = version + 1, updated_at = :now, lease_owner = :owner, lease_until = :until,
    started_at = IFNULL(started_at, :now), event_seq = event_seq + 1,
    error_tag = NULL, error = NULL, question = NULL
  WHERE rowid = (
    SELECT head.rowid FROM lane JOIN run AS one ON one.rowid = lane.id JOIN run AS head ON head.rowid = (
      SELECT run.rowid FROM run INDEXED BY run_lane WHERE run.status = 'queued' AND run.project_id = one.project_id AND run.executor = one.executor
        AND IFNULL(run.executor_account_id, '') = IFNULL(one.executor_account_id, '')
        AND NOT EXISTS (SELECT 1 FROM run AS other INDEXED BY run_working WHERE other.${WORKING} AND other.intent_id = run.intent_id)
        AND run.id NOT IN (SELECT value FROM json_each(:except))
        AND ${MAY_START}
      ORDER BY ${rankOf('run')} LIMIT 1)
    WHERE ${flagValue('runtime.hold')} <> 'on'
      AND one.project_id NOT IN (SELECT value FROM json_each(:noProjects))
      AND one.executor NOT IN (SELECT value FROM json_each(:noExecutors))
      AND ${workingCount('')} < ${limit('runtime.max_concurrent_runs')}
      AND ${workingCount('AND at_work.project_id = one.project_id')} <
        IFNULL((SELECT max_runs FROM project WHERE project.id = one.project_id), ${limit('runtime.max_runs_per_project')})
      AND ${workingCount('AND at_work.executor = one.executor')} < ${limit('runtime.max_runs_per_executor')}
      AND (one.executor_account_id IS NULL
        OR ${workingCount('AND at_work.executor_account_id = one.executor_account_id')} < ${limit('runtime.max_runs_per_account')})
    ORDER BY ${rankOf('head')}, head.rowid LIMIT 1)
    AND status = 'queued'
  RETURNING id, number, proposal_id, event_seq`;

/**
 * Claims the next queued run that no limit keeps waiting, for the host that holds `write`, until `leaseUntil`. Null when there is none.
 * `except` are runs that may not be taken yet, such as those this host still has in hand from before; `blocked` are projects and executors
 * of which none may be taken now; `reasons` is what the timeline of a run says of why its executor takes it.
 */
export function claimRun(
  write: Write,
  leaseUntil: string,
  except: readonly string[] = [],
  blocked: { readonly projects: readonly string[]; readonly executors: readonly string[] } = {
    projects: [],
    executors: [],
  },
  reasons: ReadonlyMap<string, string> = new Map(),
): { readonly id: string; readonly number: number } | null {
  const to = unwrap(step(runMachine, 'queued', 'claim'));
  const row = write.prepare(CLAIM).get({
    to,
    now: write.now,
    owner: write.owner,
    until: leaseUntil,
    except: JSON.stringify(except),
    noProjects: JSON.stringify(blocked.projects),
    noExecutors: JSON.stringify(blocked.executors),
  });
  if (!row) return null;
  const [id, number] = [text(row, 'id'), int(row, 'number')];
  const from = 'queued';
  const reason = reasons.get(id);
  insertRunEvents(write, id, int(row, 'event_seq'), [
    {
      type: 'status_changed',
      payload: { from, to, on: 'claim', actor: 'runtime', ...(reason === undefined ? {} : { reason }) },
    },
  ]);
  write.emit({
    type: 'runStarted',
    entity: 'run',
    entityId: id,
    actor: 'runtime',
    payload: { from, to, number, proposalId: row['proposal_id'] ?? null },
  });
  return { id, number };
}

/** Whether any run is queued: asked before a claim, so that a tick with nothing to do writes nothing. */
export function somethingQueued(read: Read): boolean {
  return read.prepare(`SELECT 1 AS one FROM run WHERE status = 'queued' LIMIT 1`).get() !== undefined;
}

/** Makes a run that works this host's own, whoever had it. */
export function takeLease(write: Write, id: string, until: string): void {
  write.prepare('UPDATE run SET lease_owner = ?, lease_until = ? WHERE id = ?').run(write.owner, until, id);
}

/** Renews the leases of every run this host works on, by one statement. Gives their ids. */
export function renewLeases(write: Write, until: string): string[] {
  return write
    .prepare(
      `UPDATE run INDEXED BY run_working SET lease_until = ? WHERE ${WORKING} AND lease_owner = ? RETURNING id`,
    )
    .all(until, write.owner)
    .map((row) => text(row, 'id'));
}

/** Of these runs, those another host has. */
export function listLeasedElsewhere(write: Write, ids: readonly string[]): string[] {
  return write
    .prepare('SELECT id FROM run WHERE id IN (SELECT value FROM json_each(?)) AND lease_owner <> ?')
    .all(JSON.stringify(ids), write.owner)
    .map((row) => text(row, 'id'));
}

/** An orderly end gives its leases back, so that the next host can tell it from a crash. */
export function releaseLeases(write: Write): void {
  write
    .prepare('UPDATE run SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ?')
    .run(write.owner);
}

/** Runs that are working, as the store has them, whoever has them in hand. */
export function listWorkingRuns(read: Read): string[] {
  return listRunIdsByStatus(read, ['running', 'validating']);
}

/** Blocked runs whose agent may be there, and waits for what it asked. */
export function listAskingRuns(read: Read): string[] {
  return read
    .prepare(
      `SELECT DISTINCT run.id AS id FROM run_child JOIN run ON run.id = run_child.run_id
       WHERE run.status = 'blocked' AND run_child.ending IS NULL`,
    )
    .all()
    .map((row) => text(row, 'id'));
}
