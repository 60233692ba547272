import type { ParsedOf } from '../../preload/contract/operations.ts';
import type { Actor } from '../domain/decision/decision.ts';
import type { Plan } from '../domain/proposal/plan.ts';
import { planText } from '../domain/proposal/plan-text.ts';
import type { Proposal } from '../domain/proposal/proposal.ts';
import { FailureError } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { createIntentWithRun } from '../store/enqueue-run.ts';
import { getProject } from '../store/project-store.ts';
import { newIntent } from './new-intent.ts';

/** Creates the intent and first run of an executed plan, in the transaction of the decision. */
export function executePlan(
  write: Write,
  proposal: Proposal,
  choices: NonNullable<ParsedOf<'proposal.decide'>['execute']>,
  actor: Actor,
): void {
  if (proposal.projectId === null)
    throw new FailureError({
      tag: 'no_project',
      message: 'This proposal belongs to no project, so there is nowhere to work.',
      hint: 'Link it to a project, then execute it.',
    });
  const project = getProject(write, proposal.projectId);
  const plan = proposal.plan as Plan;
  const made = newIntent(write, project, {
    name: proposal.title,
    description: proposal.summary,
    query: [proposal.title, proposal.summary, proposal.content].filter((part) => part !== '').join('\n\n'),
    runType: 'agent',
    executor: choices.executor,
    shellCommand: choices.shellCommand,
    executorLabel: choices.executorLabel ?? (project.demo ? DEMO_AGENT_LABEL : undefined),
    maxSteps: choices.maxSteps,
    // What its owner gave the proposal, the run has: unless they say something else here.
    choices: { ...choices, priority: choices.priority ?? proposal.priority },
    dryRun: choices.dryRun ?? false,
    verbose: false,
    metadata: {},
    testCommand: plan.testCommand === '' ? null : plan.testCommand,
    planText: planText(plan),
    source: 'proposal',
    sourceProposalId: proposal.id,
    goalId: proposal.goalId,
    approvedByOwner: true,
  });
  createIntentWithRun(write, made.intent, {
    gate: made.gate,
    triggeredBy: 'proposal',
    executorLabel: made.executorLabel,
    actor: actor.name,
  });
}

/** What the agent of the demo project is called wherever it is shown. */
export const DEMO_AGENT_LABEL = 'scripted demo agent (no model)';
