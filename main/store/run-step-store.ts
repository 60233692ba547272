import type { Checkpoint, TestEvidence } from '../domain/run/run.ts';
import type { Read, Row, Write } from './database.ts';
import { bool, int, json, jsonOrNull, text, textOrNull } from './row.ts';

function toCheckpoint(row: Row): Checkpoint {
  return {
    runId: text(row, 'run_id'),
    step: int(row, 'step'),
    attempt: int(row, 'attempt'),
    stage: text(row, 'stage'),
    result: text(row, 'result'),
    changedPaths: json<string[]>(row, 'changed_paths'),
    policyOk: bool(row, 'policy_ok'),
    policyViolations: json<Checkpoint['policyViolations']>(row, 'policy_violations'),
    test: jsonOrNull<TestEvidence>(row, 'test'),
    sessionId: textOrNull(row, 'session_id'),
    commit: textOrNull(row, 'commit_id'),
    createdAt: text(row, 'created_at'),
  };
}

export function listCheckpoints(read: Read, runId: string): Checkpoint[] {
  return read.prepare('SELECT * FROM run_step WHERE run_id = ? ORDER BY step').all(runId).map(toCheckpoint);
}

export function lastCheckpoint(read: Read, runId: string): Checkpoint | null {
  const row = read.prepare('SELECT * FROM run_step WHERE run_id = ? ORDER BY step DESC LIMIT 1').get(runId);
  return row ? toCheckpoint(row) : null;
}

/** How many steps an attempt has taken: of its stages, where it has some. The join of a workflow is none. */
export function countSteps(read: Read, runId: string, attempt: number): number {
  const row = read
    .prepare('SELECT COUNT(*) AS steps FROM run_step WHERE run_id = ? AND attempt = ?')
    .get(runId, attempt);
  return row ? int(row, 'steps') : 0;
}

/** The last checkpoint of one stage in an attempt. */
export function lastCheckpointOf(
  read: Read,
  at: { runId: string; attempt: number; stage: string },
): Checkpoint | null {
  const row = read
    .prepare(
      'SELECT * FROM run_step WHERE run_id = ? AND attempt = ? AND stage = ? ORDER BY step DESC LIMIT 1',
    )
    .get(at.runId, at.attempt, at.stage);
  return row ? toCheckpoint(row) : null;
}

/** Writes the checkpoint of a step; a step repeated after a recovery replaces its own. */
export function putCheckpoint(
  write: Write,
  checkpoint: Omit<Checkpoint, 'createdAt'>,
  promptDigest: string,
): void {
  write
    .prepare(
      `INSERT OR REPLACE INTO run_step (run_id, step, attempt, stage, prompt_digest, result, changed_paths, policy_ok, policy_violations, test,
         session_id, commit_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      checkpoint.runId,
      checkpoint.step,
      checkpoint.attempt,
      checkpoint.stage,
      promptDigest,
      checkpoint.result,
      JSON.stringify(checkpoint.changedPaths),
      checkpoint.policyOk ? 1 : 0,
      JSON.stringify(checkpoint.policyViolations),
      checkpoint.test ? JSON.stringify(checkpoint.test) : null,
      checkpoint.sessionId,
      checkpoint.commit,
      write.now,
    );
}
