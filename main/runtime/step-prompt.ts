import type { TestEvidence } from '../domain/run/run.ts';
import type { Run } from '../domain/run/run.ts';
import { needsOf, type Stage } from '../domain/run/stages.ts';
import type { Read } from '../store/database.ts';
import { getIntent } from '../store/intent-store.ts';
import { getProposal } from '../store/proposal-store.ts';
import { listDirectivesFor } from '../store/run-directive-store.ts';
import { listStages } from '../store/run-stage-store.ts';
import { getAttemptSpent } from '../store/run-attempt-store.ts';
import { getRunLoopState } from '../store/run-request-store.ts';
import type { Store } from '../store/store.ts';
import { buildPrompt } from './prompt.ts';
import { mostSteps, stagesOf } from './stages-of.ts';
import { startPointOf } from './start-point.ts';
import { testCommandOf, type StepAt } from './step-at.ts';
import { exitWords } from './words.ts';

export interface StepPrompt {
  readonly text: string;
  /** Directives it carries; they count as delivered once the child is recorded. */
  readonly directiveIds: readonly string[];
}

const MOST_OUTPUT = 8_000;
const MOST_SUMMARY = 4_000;
const MOST_ENDED = 1_000;

/** The prompt of a step: the same words again when the step is taken again. `former`: what was said last in a session that is given up. */
export function promptOf(
  store: Store,
  at: StepAt,
  lastTest: TestEvidence | null,
  former: string | null = null,
): StepPrompt {
  const { current, project, step, stage } = at;
  const { start, directives, planSteps, spent, earlier, contextFiles } = store.read((read) => ({
    start: startPointOf(read, current),
    directives: listDirectivesFor(read, current.id, {
      step,
      stage: at.place.stage,
      after: getRunLoopState(read, current.id).stepBase,
    }),
    planSteps: current.proposalId === null ? [] : (getProposal(read, current.proposalId).plan?.steps ?? []),
    spent: getAttemptSpent(read, current.id),
    earlier: stage === null ? [] : before(read, current, stage),
    contextFiles: getIntent(read, current.intentId).contextFiles,
  }));
  // What the tests said at the base tells nothing of work that goes on from a checkpoint.
  const failing = [lastTest, step === 1 && start === null ? current.testBefore : null].find(
    (test) => test !== null && test.exitCode !== 0,
  );
  const note = failing?.note ? ` (${failing.note})` : '';
  return {
    text: buildPrompt({
      run: current,
      step: at.ordinal,
      most: stage === null ? mostSteps(current, null) : (stage.steps ?? 1),
      budget: current.execution.budget,
      spent,
      policy: project.pathPolicy,
      testCommand: testCommandOf(current, project),
      planSteps,
      stage: stage
        ? { id: stage.id, role: stage.role ?? null, title: stage.title ?? stage.id, before: earlier }
        : null,
      contextFiles,
      priorFailure: failing
        ? `\`${failing.command}\` ended with ${exitWords(failing.exitCode)}${note}:\n\n${failing.output.slice(-MOST_OUTPUT)}`
        : null,
      directives,
      resumed: current.recoveries > 0 || former !== null,
      goesOnFrom: start
        ? {
            number: start.earlier.number,
            step: start.step,
            ended: (start.earlier.error ?? '').slice(0, MOST_ENDED),
          }
        : null,
      former: former?.slice(-MOST_SUMMARY) ?? '',
    }),
    directiveIds: directives.map((directive) => directive.id),
  };
}

/** What the stages that this one starts from said last. */
function before(read: Read, current: Run, stage: Stage): { id: string; summary: string }[] {
  const stages = stagesOf(current) ?? [];
  const needs =
    current.runType === 'pipeline' || current.runType === 'workflow'
      ? needsOf(current.runType, stages, stage)
      : [];
  return listStages(read, current.id, current.attempt)
    .filter((row) => needs.includes(row.stage) && row.summary !== '')
    .map((row) => ({ id: row.stage, summary: row.summary.slice(-MOST_SUMMARY) }));
}
