import type { Plan } from './plan.ts';
import type { Proposal } from './proposal.ts';

/** Who writes plans where no planner is configured. Shown wherever such a plan is. */
export const TEMPLATE_PLANNER = 'built-in template (no model)';

/**
 * A plan made from what the source knows, without a model: what to look at, what to change, how it is proven. The owner's feedback
 * becomes a step of its own, so that nothing they said is lost.
 */
export function templatePlan(
  proposal: Pick<Proposal, 'title' | 'source' | 'sourceRef' | 'summary'>,
  options: { testCommand: string; feedback: readonly string[] },
): Plan {
  const file = /^([^:]+):\d+$/u.exec(proposal.sourceRef)?.[1] ?? null;
  const proof = options.testCommand
    ? `Run \`${options.testCommand}\` and mend what it reports until it passes.`
    : 'Check the result by hand: this project has no test command.';
  const steps =
    proposal.source === 'failing_test'
      ? [
          `Read the failing output of \`${proposal.sourceRef || options.testCommand}\` and find the cause.`,
          'Change the code so that the tests pass, without weakening a test.',
          proof,
        ]
      : proposal.source === 'todo'
        ? [
            `Read the comment at ${proposal.sourceRef} and the code around it.`,
            `Do what it asks: ${proposal.title}. Remove the comment once it is done.`,
            proof,
          ]
        : [`Do what is asked: ${proposal.title}.`, proof];
  return {
    steps: [
      ...steps.slice(0, -1),
      ...options.feedback.map((words) => `As the owner asked: ${words}`),
      ...steps.slice(-1),
    ],
    effort: 'small',
    risk: options.testCommand ? 'low' : 'medium',
    files: file === null ? [] : [file],
    testCommand: '',
    proposedTestCommand: '',
    costMicroUsd: null,
    tokens: null,
    durationMs: null,
  };
}
