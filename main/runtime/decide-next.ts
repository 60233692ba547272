import type { TestEvidence } from '../domain/run/run.ts';
import type { Failure } from '../shared/result.ts';
import { endRun } from '../store/end-run.ts';
import type { Write } from '../store/database.ts';
import { deleteChild } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { lastCheckpoint, putCheckpoint } from '../store/run-step-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { getRun, getRunLoopState, transitionRun } from '../store/run-store.ts';
import type { JudgedStep } from './judge-step.ts';
import type { LoopParts } from './loop-parts.ts';
import { failureChanges, spentChanges } from './settle.ts';
import type { StepAt } from './step-at.ts';
import type { TakenTurn } from './take-turn.ts';
import { exitWords, failureOf, resultOf } from './words.ts';

/** A step with how many there may be; `staged` when each has its own place in a list, so that there is no trying again. */
export interface StepOf extends StepAt {
  readonly staged: boolean;
  readonly most: number;
}

type Next =
  | { readonly kind: 'next' | 'review' | 'complete' | 'out_of_time' }
  | { readonly kind: 'blocked'; readonly question: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

const MOST_FILES = 500;

/**
 * Writes the checkpoint of a step and where the run goes from it, in one transaction: a run is never found with a step that is
 * through and nothing made of it. A stop that was asked for meanwhile is honoured here.
 */
export function decideNext(
  { store }: LoopParts,
  at: StepOf,
  turn: TakenTurn,
  judged: JudgedStep,
  test: TestEvidence | null,
): 'next' | 'review' | 'left' {
  const runId = at.current.id;
  return store.write((write) => {
    const stalled = changedNothingTwice(write, at, judged, test);
    keepStep(write, at, turn, judged, test);
    if (getRunLoopState(write, runId).requested === 'stop') {
      endRun(write, runId, 'stop', 'owner');
      return 'left';
    }
    const next = nextOf(at, turn, judged, test, stalled);
    switch (next.kind) {
      case 'next':
        transitionRun(write, runId, 'next_step', 'runtime');
        return 'next';
      case 'review':
        transitionRun(write, runId, 'offer_review', 'runtime');
        return 'review';
      case 'complete':
        endRun(write, runId, 'complete', 'runtime');
        return 'left';
      case 'blocked':
        transitionRun(write, runId, 'block', 'agent', { changes: { question: next.question } });
        return 'left';
      case 'failed':
        endRun(write, runId, 'fail', 'runtime', { changes: failureChanges(next.failure) });
        return 'left';
      case 'out_of_time': {
        const limit = at.current.execution.budget.durationMs;
        const used = getRun(write, runId).activeMs;
        endRun(write, runId, 'time_out', 'runtime', {
          changes: spentChanges({ figure: 'durationMs', limit, used }, test),
        });
        return 'left';
      }
    }
  });
}

function nextOf(
  { staged, ordinal, most }: StepOf,
  { ending }: TakenTurn,
  { total }: JudgedStep,
  test: TestEvidence | null,
  stalled: boolean,
): Next {
  const passed = test === null || test.exitCode === 0;
  const last = !staged || ordinal >= most;
  const more = ending.taskState === 'continue';
  if (ending.class === 'timed_out') return { kind: 'out_of_time' };
  if (ending.class !== 'ok') return failed(failureOf(ending));
  if (ending.taskState === 'blocked')
    return { kind: 'blocked', question: ending.message || 'The agent needs an answer.' };
  if (!more && passed && last) return { kind: total.length > 0 ? 'review' : 'complete' };
  if (staged && last)
    return failed({
      tag: passed ? 'stages_unfinished' : 'tests_failed',
      message: passed
        ? 'The last stage asked for another step, but there is none.'
        : `The tests fail after the last stage (${exitWords(test.exitCode)}).`,
      hint: 'Look at the output of the last stage, then retry.',
    });
  if (!staged && !more && stalled)
    return failed({
      tag: 'no_progress',
      message:
        'Two steps in a row changed nothing while the tests still fail, so the rest of the budget was not spent.',
      hint: 'Send a directive or change the plan, then retry.',
    });
  return { kind: 'next' };
}

function failed(failure: Failure): Next {
  return { kind: 'failed', failure };
}

/** Whether this step and the one before it in this attempt changed nothing while the tests failed after both. */
function changedNothingTwice(
  write: Write,
  at: StepOf,
  judged: JudgedStep,
  test: TestEvidence | null,
): boolean {
  if (at.ordinal < 2 || judged.changedPaths.length > 0 || test === null || test.exitCode === 0) return false;
  const before = lastCheckpoint(write, at.current.id);
  return before?.changedPaths.length === 0 && before.test !== null && before.test.exitCode !== 0;
}

function keepStep(
  write: Write,
  { current, step }: StepOf,
  { ending, promptDigest }: TakenTurn,
  { commit, changedPaths, changed, total }: JudgedStep,
  test: TestEvidence | null,
): void {
  const runId = current.id;
  const result = resultOf(ending, test);
  putCheckpoint(
    write,
    {
      runId,
      step,
      attempt: current.attempt,
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
  deleteChild(write, runId);
  noteRunFacts(write, runId, {
    headCommit: commit,
    filesChanged: total.length,
    additions: total.reduce((sum, file) => sum + file.additions, 0),
    deletions: total.reduce((sum, file) => sum + file.deletions, 0),
    ...(test ? { testAfter: test, addActiveMs: test.durationMs } : {}),
  });
  appendRunEvents(write, runId, [
    ...changed.slice(0, MOST_FILES).map((file) => ({
      type: 'file_change' as const,
      payload: { step, ...file },
    })),
    { type: 'checkpoint', payload: { step, commit } },
    { type: 'step_ended', payload: { step, result, durationMs: Math.round(ending.durationMs) } },
  ]);
}
