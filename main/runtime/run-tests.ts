import type { Project } from '../domain/project/project.ts';
import type { Run, TestEvidence } from '../domain/run/run.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import type { LoopParts, Work } from './loop-parts.ts';
import type { CommandOutcome, RunPlace } from './ports.ts';
import { leaveIfAborted, need } from './settle.ts';
import { testCommandOf, type StepAt } from './step-at.ts';

/** Runs the project's tests after a step; null when there are none. */
export async function testStep(parts: LoopParts, work: Work, at: StepAt): Promise<TestEvidence | null> {
  const command = testCommandOf(at.current, at.project);
  return command === '' ? null : runTests(parts, work, { ...at, command, when: 'after' });
}

/** Runs the tests in a run's worktree: what counts is the exit code. Leaves the loop when they were ended for a pause, a stop or a quit. */
export async function runTests(
  parts: LoopParts,
  work: Work,
  at: {
    current: Run;
    project: Project;
    place: RunPlace;
    step: number;
    command: string;
    when: 'before' | 'after';
  },
): Promise<TestEvidence> {
  const { current, project, step, command, when } = at;
  parts.store.write((write) =>
    appendRunEvents(write, current.id, [{ type: 'test_started', payload: { step, command, when } }]),
  );
  const outcome = await runProjectCommand(parts, work, at);
  const evidence: TestEvidence = {
    command,
    exitCode: outcome.exitCode,
    durationMs: Math.round(outcome.durationMs),
    note: outcome.timedOut
      ? `ended by its time limit of ${String(Math.round(project.testTimeoutMs / 1_000))} s`
      : null,
    output: outcome.output,
  };
  parts.store.write((write) =>
    appendRunEvents(write, current.id, [{ type: 'test_ended', payload: { step, when, ...evidence } }]),
  );
  return evidence;
}

export async function runProjectCommand(
  parts: LoopParts,
  work: Work,
  at: { current: Run; project: Project; place: RunPlace; command: string },
): Promise<CommandOutcome> {
  const { current, project, place, command } = at;
  const outcome = await parts.runCommand({
    command,
    cwd: place.worktree,
    timeoutMs: project.testTimeoutMs,
    env: {
      HOMER_RUN_ID: current.id,
      HOMER_TAG: `${current.id}:${String(current.attempt)}:command`,
      HOMER_PROJECT_PATH: place.projectPath,
    },
    signal: work.abort.signal,
  });
  // A quit ends commands before it reaches the loop: how such a one ended says nothing.
  await leaveIfAborted(parts, work);
  return need(parts, current.id, outcome);
}
