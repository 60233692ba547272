import { redact } from '../agents/redact.ts';
import type { Project } from '../domain/project/project.ts';
import type { Run, TestEvidence } from '../domain/run/run.ts';
import type { Stage } from '../domain/run/stages.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { watchOf, type LoopParts, type Work } from './loop-parts.ts';
import type { CommandOutcome, RunPlace } from './ports.ts';
import { leaveIfAborted, need } from './settle.ts';
import { markOf, testCommandOf, type StepAt } from './step-at.ts';

/** What tests said after a step, and whether it was the budget that cut them off. */
export interface StepTest {
  readonly evidence: TestEvidence | null;
  readonly cutOff: boolean;
}

export const NO_TEST: StepTest = { evidence: null, cutOff: false };

/** Runs the project's tests after a step; no evidence when there are none. */
export async function testStep(parts: LoopParts, work: Work, at: StepAt): Promise<StepTest> {
  const command = testCommandOf(at.current, at.project);
  return command === '' ? NO_TEST : runTests(parts, work, { ...at, command, when: 'after' });
}

/**
 * Runs the tests in a worktree: what counts is the exit code. They may take as long as the project allows, and no longer than the
 * budget lasts. Leaves the loop when they were ended for a pause, a stop or a quit.
 */
export async function runTests(
  parts: LoopParts,
  work: Work,
  at: {
    current: Run;
    project: Project;
    place: RunPlace;
    stage: Stage | null;
    step: number;
    command: string;
    when: 'before' | 'after';
  },
): Promise<StepTest & { evidence: TestEvidence }> {
  const { current, project, when } = at;
  const command = redact(at.command);
  const mark = markOf(at);
  await parts.store.writeSoon((write) =>
    appendRunEvents(write, current.id, [{ type: 'test_started', payload: { ...mark, command, when } }]),
  );
  const { outcome, cutOff } = await runWithinBudget(parts, work, at);
  const evidence: TestEvidence = {
    command,
    exitCode: cutOff ? null : outcome.exitCode,
    durationMs: Math.round(outcome.durationMs),
    note: cutOff
      ? 'ended because the budget of the run was spent'
      : outcome.timedOut
        ? `ended by its time limit of ${String(Math.round(project.testTimeoutMs / 1_000))} s`
        : null,
    output: outcome.output,
  };
  await parts.store.writeSoon((write) =>
    appendRunEvents(write, current.id, [{ type: 'test_ended', payload: { ...mark, when, ...evidence } }]),
  );
  return { evidence, cutOff };
}

async function runWithinBudget(
  parts: LoopParts,
  work: Work,
  at: Parameters<typeof runProjectCommand>[2],
): Promise<{ outcome: CommandOutcome; cutOff: boolean }> {
  const spent = new AbortController();
  const spending = watchOf(work).begin(() => {
    spent.abort();
  });
  try {
    const outcome = await runProjectCommand(parts, work, at, spent.signal);
    return { outcome, cutOff: spending.stopped };
  } finally {
    spending.end();
  }
}

export async function runProjectCommand(
  parts: LoopParts,
  work: Work,
  at: { current: Run; project: Project; place: RunPlace; command: string },
  spent?: AbortSignal,
): Promise<CommandOutcome> {
  const { current, project, place, command } = at;
  const { signal } = work.abort;
  const outcome = await parts.runCommand({
    command,
    cwd: place.worktree,
    timeoutMs: project.testTimeoutMs,
    env: {
      HOMER_RUN_ID: current.id,
      HOMER_TAG: `${current.id}:${String(current.attempt)}:command${place.stage === '' ? '' : `:${place.stage}`}`,
      HOMER_PROJECT_PATH: place.projectPath,
    },
    signal: spent ? AbortSignal.any([signal, spent]) : signal,
  });
  // A quit ends commands before it reaches the loop: how such a one ended says nothing.
  await leaveIfAborted(parts, work);
  return need(parts, work, outcome);
}
