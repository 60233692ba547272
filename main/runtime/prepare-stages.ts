import type { Run } from '../domain/run/run.ts';
import type { RunStage } from '../domain/run/run-stage.ts';
import type { Stage } from '../domain/run/stages.ts';
import type { Read, Write } from '../store/database.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { insertStages, listStages, moveStage, noteStage } from '../store/run-stage-store.ts';
import { getRun } from '../store/run-store.ts';
import type { LoopParts } from './loop-parts.ts';
import type { RunPlace } from './ports.ts';
import { settleAnswers } from './settle-answers.ts';
import { executorOf } from './step-at.ts';

/** Puts the stages of an attempt down once, with what an earlier attempt had finished, and takes the owner's answers to where they belong. */
export function prepareStages(
  { store }: LoopParts,
  run: Run,
  stages: readonly Stage[],
  place: RunPlace,
): void {
  store.write((write) => {
    if (listStages(write, run.id, run.attempt).length === 0) {
      insertStages(
        write,
        run.id,
        run.attempt,
        stages.map((stage) => ({ id: stage.id, executor: executorOf({ stage, current: run }) })),
      );
      for (const row of finishedBefore(write, run, place)) inherit(write, run, row);
    }
    settleAnswers(write, run, stages);
  });
}

/**
 * What a retry need not do again: stages that passed in the run it retries, when both start from the same commit. All that a stage
 * started from is among them: it would not have begun before. A stage that was done again onto others is left out with what followed.
 */
function finishedBefore(read: Read, run: Run, place: RunPlace): RunStage[] {
  if (run.retryOfRunId === null) return [];
  const earlier = getRun(read, run.retryOfRunId);
  if (earlier.runType !== run.runType || earlier.baseCommit !== place.baseCommit) return [];
  const same = JSON.stringify(earlier.execution.metadata) === JSON.stringify(run.execution.metadata);
  const rows = listStages(read, earlier.id, earlier.attempt);
  // An attempt that began from changed work, not from the base, has no part in this.
  if (
    !same ||
    earlier.attempt !== firstAttemptOf(read, earlier.id) ||
    rows.some((row) => row.onto.length > 0)
  )
    return [];
  // When all had passed it was their joined work that failed: only doing it again can help.
  if (rows.every(({ status }) => status === 'passed')) return [];
  return rows.filter((row) => row.status === 'passed' && row.headCommit !== null);
}

/** A run has several attempts when changes were requested; the later ones start from the former's work. */
function firstAttemptOf(read: Read, runId: string): number {
  const row = read.prepare('SELECT MIN(attempt) AS first FROM run_stage WHERE run_id = ?').get(runId);
  return Number(row?.['first'] ?? 0);
}

function inherit(write: Write, run: Run, row: RunStage): void {
  const key = { runId: run.id, attempt: run.attempt, stage: row.stage };
  moveStage(write, key, 'inherit');
  noteStage(write, key, {
    summary: row.summary,
    ...(row.baseCommit === null ? {} : { baseCommit: row.baseCommit }),
    ...(row.headCommit === null ? {} : { headCommit: row.headCommit }),
  });
  appendRunEvents(write, run.id, [
    { type: 'stage_ended', payload: { stage: row.stage, result: 'inherited', commit: row.headCommit } },
  ]);
}
