import type { TestEvidence } from '../domain/run/run.ts';
import { getProposal } from '../store/proposal-store.ts';
import { listDirectivesFor } from '../store/run-directive-store.ts';
import type { Store } from '../store/store.ts';
import { buildPrompt } from './prompt.ts';
import { testCommandOf, type StepAt } from './step-at.ts';
import { exitWords } from './words.ts';

export interface StepPrompt {
  readonly text: string;
  /** Directives it carries; they count as delivered once the child is recorded. */
  readonly directiveIds: readonly string[];
}

/** The prompt of a step: the same words again when the step is taken again. */
export function promptOf(store: Store, at: StepAt, lastTest: TestEvidence | null): StepPrompt {
  const { current, project, step, stage } = at;
  const { directives, planSteps } = store.read((read) => ({
    directives: listDirectivesFor(read, current.id, step),
    planSteps: current.proposalId === null ? [] : (getProposal(read, current.proposalId).plan?.steps ?? []),
  }));
  const failing = [lastTest, step === 1 ? current.testBefore : null].find(
    (test) => test !== null && test.exitCode !== 0,
  );
  const note = failing?.note ? ` (${failing.note})` : '';
  return {
    text: buildPrompt({
      run: current,
      step: at.ordinal,
      budget: current.execution.budget,
      activeMs: current.activeMs,
      policy: project.pathPolicy,
      testCommand: testCommandOf(current, project),
      planSteps,
      stageTitle: stage ? `${stage.role ? `As ${stage.role}: ` : ''}${stage.title ?? stage.id}` : null,
      priorFailure: failing
        ? `\`${failing.command}\` ended with ${exitWords(failing.exitCode)}${note}:\n\n${failing.output.slice(-8_000)}`
        : null,
      directives,
      resumed: current.recoveries > 0,
    }),
    directiveIds: directives.map((directive) => directive.id),
  };
}
