import { budgetSpent } from '../domain/run/budget.ts';
import type { Run, TestEvidence } from '../domain/run/run.ts';
import type { Failure } from '../shared/result.ts';
import { endRun } from '../store/end-run.ts';
import type { Read, Write } from '../store/database.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { listOpenAsks } from '../store/run-ask-store.ts';
import { listUndelivered } from '../store/run-directive-store.ts';
import { moveStage } from '../store/run-stage-store.ts';
import { lastCheckpointOf } from '../store/run-step-store.ts';
import { getAttemptSpent } from '../store/run-attempt-store.ts';
import { getRunLoopState } from '../store/run-request-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import type { JudgedStep } from './judge-step.ts';
import { keepStep } from './keep-step.ts';
import type { LoopParts } from './loop-parts.ts';
import { finishRun } from './finish-run.ts';
import type { StepTest } from './run-tests.ts';
import { failureChanges, spentChanges, type SpentFigure } from './settle.ts';
import type { StepAt } from './step-at.ts';
import type { TakenTurn } from './take-turn.ts';
import { exitWords, failureOf } from './words.ts';

/** A step with what may follow it. */
export interface StepOf extends StepAt {
  /** Whether it may be followed by another try at the same thing, should it not be done. */
  readonly again: boolean;
  /** Whether nothing else comes after it: what it leaves is the result. */
  readonly last: boolean;
}

export type Next =
  /** `next`: another try at the same thing. `pass`: it is through, and something else comes after it. */
  | { readonly kind: 'next' | 'pass' | 'done' }
  | { readonly kind: 'blocked'; readonly question: string }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'spent' };

/**
 * Writes the checkpoint of a step and where the run goes from it, in one transaction: a run is never found with a step that is
 * through and nothing made of it. A stop that was asked for meanwhile is honoured here.
 */
export function decideNext(
  { store }: LoopParts,
  at: StepOf,
  turn: TakenTurn,
  judged: JudgedStep,
  test: StepTest,
): Promise<'next' | 'review' | 'left'> {
  const runId = at.current.id;
  return store.writeSoon((write) => {
    const stalled = changedNothingTwice(write, at, judged, test.evidence);
    keepStep(write, at, turn, judged, test);
    if (getRunLoopState(write, runId).requested === 'stop') {
      endRun(write, runId, 'stop', 'owner');
      return 'left';
    }
    const next = waitingFor(write, runId, nextOf(at, turn, test, stalled));
    const passed = next.kind === 'pass' || next.kind === 'done';
    if (at.stage !== null && (passed || next.kind === 'failed')) endStage(write, at, passed, judged.commit);
    switch (next.kind) {
      case 'next':
      case 'pass':
        transitionRun(write, runId, 'next_step', 'runtime');
        return 'next';
      case 'done':
        return finishRun(write, runId, judged.total.length > 0 ? 'review' : 'complete');
      case 'blocked':
        if (at.stage !== null) moveStage(write, stageKey(at), 'ask', { question: next.question });
        transitionRun(write, runId, 'block', 'agent', { changes: { question: next.question } });
        return 'left';
      case 'failed':
        endRun(write, runId, 'fail', 'runtime', { changes: failureChanges(next.failure) });
        return 'left';
      case 'spent':
        endRun(write, runId, 'time_out', 'runtime', {
          changes: spentChanges(whatWasSpent(write, at.current), test.evidence),
        });
        return 'left';
    }
  });
}

/** What the agent asked and has no answer to comes before whatever else would follow, but for an end. */
function waitingFor(read: Read, runId: string, next: Next): Next {
  if (next.kind === 'failed' || next.kind === 'spent') return next;
  const [ask] = listOpenAsks(read, runId);
  // Answered just when the agent went: its next turn reads the answer.
  if (!ask)
    return listUndelivered(read, runId).some(({ kind }) => kind === 'answer') ? { kind: 'next' } : next;
  return {
    kind: 'blocked',
    question: ask.kind === 'permission' ? `May it use ${ask.tool}? ${ask.text}` : ask.text,
  };
}

/** What follows from a turn and its tests. `stalled`: two steps in a row brought nothing. */
export function nextOf(
  { again, last, stage }: Pick<StepOf, 'again' | 'last' | 'stage'>,
  { ending }: Pick<TakenTurn, 'ending'>,
  { evidence: test, cutOff }: StepTest,
  stalled: boolean,
): Next {
  const passed = test === null || test.exitCode === 0;
  const limited = ending.class === 'turn_limit';
  const more = limited || ending.taskState === 'continue';
  if (ending.class === 'timed_out' || cutOff) return { kind: 'spent' };
  if (ending.class !== 'ok' && !limited) return { kind: 'failed', failure: failureOf(ending) };
  if (ending.taskState === 'blocked' && !limited)
    return { kind: 'blocked', question: ending.message || 'The agent needs an answer.' };
  if (!more && passed) return { kind: last ? 'done' : 'pass' };
  if (again)
    return stalled && !more
      ? {
          kind: 'failed',
          failure: {
            tag: 'no_progress',
            message:
              'Two steps in a row changed nothing while the tests still fail, so the rest of the budget was not spent.',
            hint: 'Send a directive or change the plan, then retry.',
          },
        }
      : { kind: 'next' };
  if (!last) return { kind: 'pass' };
  const what = stage === null ? 'The task' : `The last stage, ${stage.id},`;
  return {
    kind: 'failed',
    failure: {
      tag: passed ? 'stages_unfinished' : 'tests_failed',
      message: passed
        ? `${what} ${limited ? 'reached a limit of its agent and needs' : 'asked for'} another step, but there is none.`
        : `The tests fail after ${stage === null ? 'the task' : `the last stage, ${stage.id}`} (${exitWords(test.exitCode)}).`,
      hint: 'Look at its output, then retry.',
    },
  };
}

/** The figure that ended an attempt; time, when a limit cut off what was never counted in full. */
export function whatWasSpent(read: Read, { id, execution: { budget } }: Run): SpentFigure {
  const spent = getAttemptSpent(read, id);
  return (
    budgetSpent(budget, { steps: -Infinity, ...spent }) ?? {
      figure: 'durationMs',
      limit: budget.durationMs,
      used: spent.durationMs,
    }
  );
}

export function stageKey({ current, stage }: Pick<StepAt, 'current' | 'stage'>): {
  runId: string;
  attempt: number;
  stage: string;
} {
  return { runId: current.id, attempt: current.attempt, stage: stage?.id ?? '' };
}

function endStage(write: Write, { current, stage }: StepAt, passed: boolean, commit: string): void {
  const key = stageKey({ current, stage });
  moveStage(write, key, passed ? 'pass' : 'fail');
  appendRunEvents(write, current.id, [
    {
      type: 'stage_ended',
      payload: { stage: key.stage, result: passed ? 'passed' : 'failed', commit },
    },
  ]);
}

/** Whether this step and the one before it at the same thing changed nothing while the tests failed after both. */
export function changedNothingTwice(
  write: Read,
  at: StepOf,
  judged: JudgedStep,
  test: TestEvidence | null,
): boolean {
  if (at.ordinal < 2 || judged.changedPaths.length > 0 || test === null || test.exitCode === 0) return false;
  const { id: runId, attempt } = at.current;
  const before = lastCheckpointOf(write, { runId, attempt, stage: at.stage?.id ?? '' });
  return before?.changedPaths.length === 0 && before.test !== null && before.test.exitCode !== 0;
}
