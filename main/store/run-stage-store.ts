import { step as stepMachine } from '../domain/machine.ts';
import type { RunStage } from '../domain/run/run-stage.ts';
import { stageMachine, type StageAction, type StageStatus } from '../domain/run/stage-status.ts';
import { unwrap } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { int, json, notFound, staleVersion, text, textOrNull } from './row.ts';

function toStage(row: Row): RunStage {
  return {
    runId: text(row, 'run_id'),
    attempt: int(row, 'attempt'),
    stage: text(row, 'stage'),
    position: int(row, 'position'),
    status: text(row, 'status') as StageStatus,
    executor: text(row, 'executor'),
    tries: int(row, 'tries'),
    step: int(row, 'step'),
    stepsTaken: int(row, 'steps_taken'),
    onto: json<string[]>(row, 'onto'),
    worktree: textOrNull(row, 'worktree'),
    branch: textOrNull(row, 'branch'),
    baseCommit: textOrNull(row, 'base_commit'),
    headCommit: textOrNull(row, 'head_commit'),
    sessionId: textOrNull(row, 'session_id'),
    summary: text(row, 'summary'),
    question: textOrNull(row, 'question'),
    errorTag: textOrNull(row, 'error_tag'),
    error: textOrNull(row, 'error'),
    activeMs: int(row, 'active_ms'),
    tokens: int(row, 'tokens'),
    costMicroUsd: int(row, 'cost_micro_usd'),
    startedAt: textOrNull(row, 'started_at'),
    endedAt: textOrNull(row, 'ended_at'),
  };
}

/** The stages of an attempt in their order; none for a run that has no stages, or has not begun. */
export function listStages(read: Read, runId: string, attempt: number): RunStage[] {
  return read
    .prepare('SELECT * FROM run_stage WHERE run_id = ? AND attempt = ? ORDER BY position')
    .all(runId, attempt)
    .map(toStage);
}

/** One stage; throws `not_found`. */
export function getStage(read: Read, runId: string, attempt: number, stage: string): RunStage {
  const row = read
    .prepare('SELECT * FROM run_stage WHERE run_id = ? AND attempt = ? AND stage = ?')
    .get(runId, attempt, stage);
  if (!row) throw notFound('stage', stage);
  return toStage(row);
}

/** Puts down the stages of an attempt, all waiting. */
export function insertStages(
  write: Write,
  runId: string,
  attempt: number,
  stages: readonly { id: string; executor: string }[],
): void {
  const insert = write.prepare(
    `INSERT INTO run_stage (run_id, attempt, stage, position, status, executor, updated_at) VALUES (?, ?, ?, ?, 'pending', ?, ?)`,
  );
  stages.forEach(({ id, executor }, position) => {
    insert.run(runId, attempt, id, position, executor, write.now);
  });
}

/** What may change with a stage; what is left out stays. Amounts are added. */
export interface StageFacts {
  readonly step?: number;
  readonly onto?: readonly string[];
  readonly worktree?: string;
  readonly branch?: string;
  readonly baseCommit?: string;
  readonly headCommit?: string;
  readonly sessionId?: string | null;
  readonly summary?: string;
  readonly addSteps?: number;
  readonly addActiveMs?: number;
  readonly addTokens?: number;
  readonly addCostMicroUsd?: number;
}

const MOST_SUMMARY = 8_000;

export function noteStage(
  write: Write,
  at: { runId: string; attempt: number; stage: string },
  facts: StageFacts,
): void {
  write
    .prepare(
      `UPDATE run_stage SET updated_at = :now, step = COALESCE(:step, step), onto = COALESCE(:onto, onto),
         worktree = COALESCE(:worktree, worktree), branch = COALESCE(:branch, branch), base_commit = COALESCE(:base, base_commit),
         head_commit = COALESCE(:head, head_commit), session_id = COALESCE(:session, session_id), summary = COALESCE(:summary, summary),
         steps_taken = steps_taken + :steps, active_ms = active_ms + :activeMs, tokens = tokens + :tokens,
         cost_micro_usd = cost_micro_usd + :cost
       WHERE run_id = :runId AND attempt = :attempt AND stage = :stage`,
    )
    .run({
      runId: at.runId,
      attempt: at.attempt,
      stage: at.stage,
      now: write.now,
      step: facts.step ?? null,
      onto: facts.onto ? JSON.stringify(facts.onto) : null,
      worktree: facts.worktree ?? null,
      branch: facts.branch ?? null,
      base: facts.baseCommit ?? null,
      head: facts.headCommit ?? null,
      session: facts.sessionId ?? null,
      summary: facts.summary?.slice(-MOST_SUMMARY) ?? null,
      steps: facts.addSteps ?? 0,
      activeMs: Math.round(facts.addActiveMs ?? 0),
      tokens: facts.addTokens ?? 0,
      cost: facts.addCostMicroUsd ?? 0,
    });
}

/**
 * Moves a stage by one row of its machine; throws `illegal_transition`. Beginning counts a try; doing it again forgets where it stood.
 */
export function moveStage(
  write: Write,
  at: { runId: string; attempt: number; stage: string },
  on: StageAction,
  with_: { question?: string; errorTag?: string; error?: string } = {},
): StageStatus {
  const { status } = getStage(write, at.runId, at.attempt, at.stage);
  const to = unwrap(stepMachine(stageMachine, status, on));
  const { changes } = write
    .prepare(
      `UPDATE run_stage SET status = :to, updated_at = :now, question = :question, error_tag = :errorTag, error = :error,
         tries = tries + (:on = 'begin'),
         started_at = CASE WHEN :on = 'begin' THEN :now WHEN :on = 'redo' THEN NULL ELSE started_at END,
         ended_at = CASE WHEN :to IN ('passed', 'failed', 'skipped') THEN :now ELSE NULL END,
         base_commit = CASE WHEN :on = 'redo' THEN NULL ELSE base_commit END,
         head_commit = CASE WHEN :on = 'redo' THEN NULL ELSE head_commit END,
         session_id = CASE WHEN :on = 'redo' THEN NULL ELSE session_id END,
         steps_taken = CASE WHEN :on = 'redo' THEN 0 ELSE steps_taken END
       WHERE run_id = :runId AND attempt = :attempt AND stage = :stage AND status = :from`,
    )
    .run({
      runId: at.runId,
      attempt: at.attempt,
      stage: at.stage,
      on,
      from: status,
      to,
      now: write.now,
      question: with_.question ?? null,
      errorTag: with_.errorTag ?? null,
      error: with_.error ?? null,
    });
  if (changes !== 1) throw staleVersion('stage');
  return to;
}

/** When a run ends: what waited was not started, and what worked failed with it or was not finished. */
export function endOpenStages(write: Write, runId: string, failed: boolean): void {
  const open = write
    .prepare(
      `SELECT attempt, stage, status FROM run_stage WHERE run_id = ? AND status IN ('pending', 'running', 'blocked')`,
    )
    .all(runId);
  for (const row of open)
    moveStage(
      write,
      { runId, attempt: int(row, 'attempt'), stage: text(row, 'stage') },
      failed && text(row, 'status') === 'running' ? 'fail' : 'skip',
    );
}
