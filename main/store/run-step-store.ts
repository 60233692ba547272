import type { Checkpoint, TestEvidence } from '../domain/run/run.ts';
import type { Read, Row, Write } from './database.ts';
import { bool, int, json, jsonOrNull, text, textOrNull } from './row.ts';

function toCheckpoint(row: Row): Checkpoint {
  return {
    runId: text(row, 'run_id'),
    step: int(row, 'step'),
    attempt: int(row, 'attempt'),
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

/** Writes the checkpoint of a step; a step repeated after a recovery replaces its own. */
export function putCheckpoint(
  write: Write,
  checkpoint: Omit<Checkpoint, 'createdAt'>,
  promptDigest: string,
): void {
  write
    .prepare(
      `INSERT OR REPLACE INTO run_step (run_id, step, attempt, prompt_digest, result, changed_paths, policy_ok, policy_violations, test,
         session_id, commit_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      checkpoint.runId,
      checkpoint.step,
      checkpoint.attempt,
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
