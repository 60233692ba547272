import type { Read, Row, Write } from './database.ts';
import { int, json, text } from './row.ts';

/** What the owner chose: the files of one side, or that a stage is done again. Empty while nobody did. */
export type Taken = '' | 'ours' | 'theirs' | 'again';

/** Two commits of a run's stages that do not join by themselves. */
export interface RunConflict {
  readonly runId: string;
  readonly attempt: number;
  readonly oursCommit: string;
  readonly theirsCommit: string;
  /** The stage that waits for the join; empty: the result of the run. */
  readonly stage: string;
  /** Stages that were joined already, and the one that does not fit to them. */
  readonly ours: readonly string[];
  readonly theirs: string;
  readonly files: readonly string[];
  readonly taken: Taken;
}

function toConflict(row: Row): RunConflict {
  return {
    runId: text(row, 'run_id'),
    attempt: int(row, 'attempt'),
    oursCommit: text(row, 'ours_commit'),
    theirsCommit: text(row, 'theirs_commit'),
    stage: text(row, 'stage'),
    ours: json<string[]>(row, 'ours'),
    theirs: text(row, 'theirs'),
    files: json<string[]>(row, 'files'),
    taken: text(row, 'taken') as Taken,
  };
}

export function findConflict(read: Read, runId: string, ours: string, theirs: string): RunConflict | null {
  const row = read
    .prepare('SELECT * FROM run_conflict WHERE run_id = ? AND ours_commit = ? AND theirs_commit = ?')
    .get(runId, ours, theirs);
  return row ? toConflict(row) : null;
}

/** Conflicts of an attempt that wait for their owner, the oldest first. */
export function listOpenConflicts(read: Read, runId: string, attempt: number): RunConflict[] {
  return read
    .prepare(
      `SELECT * FROM run_conflict WHERE run_id = ? AND attempt = ? AND taken = '' ORDER BY created_at, theirs_commit`,
    )
    .all(runId, attempt)
    .map(toConflict);
}

/** Puts a conflict down once. One that is known stays as it is, but when doing a stage again led to the very same: then it is asked again. */
export function putConflict(write: Write, conflict: Omit<RunConflict, 'taken'>): void {
  write
    .prepare(
      `INSERT INTO run_conflict (run_id, ours_commit, theirs_commit, attempt, stage, ours, theirs, files, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET taken = '' WHERE taken = 'again'`,
    )
    .run(
      conflict.runId,
      conflict.oursCommit,
      conflict.theirsCommit,
      conflict.attempt,
      conflict.stage,
      JSON.stringify(conflict.ours),
      conflict.theirs,
      JSON.stringify(conflict.files),
      write.now,
    );
}

export function takeSide(write: Write, conflict: RunConflict, taken: Taken): void {
  write
    .prepare('UPDATE run_conflict SET taken = ? WHERE run_id = ? AND ours_commit = ? AND theirs_commit = ?')
    .run(taken, conflict.runId, conflict.oursCommit, conflict.theirsCommit);
}
