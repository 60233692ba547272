import type { JsonObject } from '../domain/primitives.ts';
import type { Read, Row, Write } from './database.ts';
import { int, json, jsonOrNull, text, textOrNull } from './row.ts';
import { mayWrite, refusedWrite } from './guard-lease.ts';

/** A child as stored, field for field what adopting it needs. */
export interface StoredChild {
  readonly runId: string;
  /** The stage it works for; empty for the run itself. */
  readonly stage: string;
  readonly step: number;
  readonly attempt: number;
  readonly pid: number;
  readonly group: number;
  readonly startTime: string;
  readonly bootId: string;
  readonly spool: string;
  readonly executor: string;
  /** Who pays; null: whoever the program is signed in as. */
  readonly accountId: string | null;
  /** Wall time the turn must end by, ms since 1970. */
  readonly deadline: number;
  readonly stdoutOffset: number;
  readonly stderrOffset: number;
  /** Where the worktree stood before this turn, for telling what it changed. */
  readonly marker: JsonObject;
  readonly promptDigest: string;
  /** How the turn ended, once that is known. */
  readonly ending: JsonObject | null;
  /** What was found in the worktree afterwards, once it stands in a commit. */
  readonly judged: JsonObject | null;
  /** Since when it prints nothing, once that is too long; null while it prints. */
  readonly quietSince: string | null;
  /** Digest of the token by which its agent speaks to Homer; empty: it has none. */
  readonly doorDigest: string;
  /** When it was started. */
  readonly createdAt: string;
}

function toChild(row: Row): StoredChild {
  return {
    runId: text(row, 'run_id'),
    stage: text(row, 'stage'),
    step: int(row, 'step'),
    attempt: int(row, 'attempt'),
    pid: int(row, 'pid'),
    group: int(row, 'process_group'),
    startTime: text(row, 'start_time'),
    bootId: text(row, 'boot_id'),
    spool: text(row, 'spool'),
    executor: text(row, 'executor'),
    accountId: textOrNull(row, 'account_id'),
    deadline: int(row, 'deadline'),
    stdoutOffset: int(row, 'stdout_offset'),
    stderrOffset: int(row, 'stderr_offset'),
    marker: json<JsonObject>(row, 'marker'),
    promptDigest: text(row, 'prompt_digest'),
    ending: jsonOrNull<JsonObject>(row, 'ending'),
    judged: jsonOrNull<JsonObject>(row, 'judged'),
    quietSince: textOrNull(row, 'quiet_since'),
    doorDigest: text(row, 'door_digest'),
    createdAt: text(row, 'created_at'),
  };
}

/** The run of this child is in no other host's hands. */
const IN_HAND = `EXISTS (SELECT 1 FROM run WHERE run.id = run_child.run_id AND ${mayWrite('run')})`;

/** Whose child it is: a run, or one stage of it. */
export interface ChildKey {
  readonly runId: string;
  readonly stage: string;
}

export function findChild(read: Read, { runId, stage }: ChildKey): StoredChild | null {
  const row = read.prepare('SELECT * FROM run_child WHERE run_id = ? AND stage = ?').get(runId, stage);
  return row ? toChild(row) : null;
}

/** Every child of a run: one for each stage at work. */
export function listChildrenOf(read: Read, runId: string): StoredChild[] {
  return read.prepare('SELECT * FROM run_child WHERE run_id = ? ORDER BY stage').all(runId).map(toChild);
}

export function listChildren(read: Read): StoredChild[] {
  return read.prepare('SELECT * FROM run_child ORDER BY created_at').all().map(toChild);
}

export function putChild(
  write: Write,
  child: Omit<
    StoredChild,
    'stdoutOffset' | 'stderrOffset' | 'ending' | 'judged' | 'quietSince' | 'doorDigest' | 'createdAt'
  > & { readonly doorDigest?: string },
): void {
  write
    .prepare(
      `INSERT OR REPLACE INTO run_child (run_id, stage, step, attempt, pid, process_group, start_time, boot_id, spool, executor, account_id, deadline, marker,
         prompt_digest, door_digest, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      child.runId,
      child.stage,
      child.step,
      child.attempt,
      child.pid,
      child.group,
      child.startTime,
      child.bootId,
      child.spool,
      child.executor,
      child.accountId,
      child.deadline,
      JSON.stringify(child.marker),
      child.promptDigest,
      child.doorDigest ?? '',
      write.now,
    );
}

/** Notes how far a child's output was read. Throws `lease_lost` when another host has the run, and reads it itself. */
export function noteChildOffsets(write: Write, key: ChildKey, stdout: number, stderr: number): void {
  const { changes } = write
    .prepare(
      `UPDATE run_child SET stdout_offset = ?, stderr_offset = ? WHERE run_id = ? AND stage = ? AND ${IN_HAND}`,
    )
    .run(stdout, stderr, key.runId, key.stage, write.owner);
  if (changes === 0 && findChild(write, key)) throw refusedWrite(write, key.runId);
}

/**
 * A child prints nothing since `since`, or prints again (null). Its run is stuck, or no longer: false when that was known,
 * and then nothing is told a second time.
 */
export function noteChildQuiet(write: Write, key: ChildKey, since: string | null): boolean {
  const { changes } = write
    .prepare(
      `UPDATE run_child SET quiet_since = ? WHERE run_id = ? AND stage = ? AND (quiet_since IS NULL) = ? AND ${IN_HAND}`,
    )
    .run(since, key.runId, key.stage, since === null ? 0 : 1, write.owner);
  if (changes === 0) return false;
  write.emit({
    type: since === null ? 'runStirred' : 'runStuck',
    entity: 'run',
    entityId: key.runId,
    actor: 'runtime',
    payload: since === null ? {} : { since },
  });
  return true;
}

/** Runs with a child at work that prints nothing for too long, the longest first. */
export function listStuckRuns(read: Read): { runId: string; since: string }[] {
  return read
    .prepare(
      'SELECT run_id, MIN(quiet_since) AS quiet_since FROM run_child WHERE quiet_since IS NOT NULL AND ending IS NULL GROUP BY run_id ORDER BY 2',
    )
    .all()
    .map((row) => ({ runId: text(row, 'run_id'), since: text(row, 'quiet_since') }));
}

export function noteChildEnding(write: Write, key: ChildKey, ending: JsonObject): void {
  write
    .prepare('UPDATE run_child SET ending = ? WHERE run_id = ? AND stage = ?')
    .run(JSON.stringify(ending), key.runId, key.stage);
}

export function noteChildJudged(write: Write, key: ChildKey, judged: JsonObject): void {
  write
    .prepare('UPDATE run_child SET judged = ? WHERE run_id = ? AND stage = ?')
    .run(JSON.stringify(judged), key.runId, key.stage);
}

export function deleteChild(write: Write, key: ChildKey): void {
  write.prepare('DELETE FROM run_child WHERE run_id = ? AND stage = ?').run(key.runId, key.stage);
}

/** Forgets every child of a run; none of them is alive. */
export function deleteChildrenOf(write: Write, runId: string): void {
  write.prepare('DELETE FROM run_child WHERE run_id = ?').run(runId);
}

/** The child whose agent holds a token, while its turn is not over; null: nobody does. */
export function findChildByDoor(read: Read, digest: string): StoredChild | null {
  if (digest === '') return null;
  const row = read.prepare('SELECT * FROM run_child WHERE door_digest = ? AND ending IS NULL').get(digest);
  return row ? toChild(row) : null;
}

/** Whether any agent at work may speak to Homer. */
export function someDoorIsWanted(read: Read): boolean {
  return (
    read
      .prepare(`SELECT 1 AS one FROM run_child WHERE door_digest <> '' AND ending IS NULL LIMIT 1`)
      .get() !== undefined
  );
}
