import type { Write } from '../store/database.ts';
import { deleteChild } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { noteStage } from '../store/run-stage-store.ts';
import { putCheckpoint } from '../store/run-step-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import type { JudgedStep } from './judge-step.ts';
import type { StepTest } from './run-tests.ts';
import { markOf, type StepAt } from './step-at.ts';
import type { TakenTurn } from './take-turn.ts';
import { resultOf } from './words.ts';

const MOST_FILES = 500;

/** Writes the checkpoint of a step with what it changed and what the tests said; its child is forgotten with it. */
export function keepStep(
  write: Write,
  at: StepAt,
  { ending, promptDigest }: TakenTurn,
  { commit, changedPaths, changed, total }: JudgedStep,
  { evidence: test }: StepTest,
): void {
  const { current, step, place } = at;
  const runId = current.id;
  const mark = markOf(at);
  const result = resultOf(ending, test);
  putCheckpoint(
    write,
    {
      runId,
      step,
      attempt: current.attempt,
      stage: at.stage?.id ?? '',
      result,
      changedPaths: [...changedPaths],
      policyOk: true,
      policyViolations: [],
      test,
      sessionId: ending.sessionId,
      commit,
    },
    promptDigest,
  );
  deleteChild(write, place);
  if (place.stage === '')
    noteRunFacts(write, runId, {
      headCommit: commit,
      filesChanged: total.length,
      additions: total.reduce((sum, file) => sum + file.additions, 0),
      deletions: total.reduce((sum, file) => sum + file.deletions, 0),
      ...(test ? { testAfter: test } : {}),
    });
  if (test) noteRunFacts(write, runId, { addActiveMs: test.durationMs });
  if (at.stage !== null)
    noteStage(
      write,
      { runId, attempt: current.attempt, stage: at.stage.id },
      { headCommit: commit, summary: ending.message, addSteps: 1, addActiveMs: test?.durationMs ?? 0 },
    );
  appendRunEvents(write, runId, [
    ...changed.slice(0, MOST_FILES).map((file) => ({
      type: 'file_change' as const,
      payload: { ...mark, ...file },
    })),
    { type: 'checkpoint', payload: { ...mark, commit } },
    {
      type: 'step_ended',
      payload: { ...mark, result, durationMs: Math.round(ending.durationMs) },
    },
  ]);
}
