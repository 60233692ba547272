import type { Run } from '../domain/run/run.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import type { Budget, Spent } from '../domain/run/budget.ts';

export interface PromptInput {
  readonly run: Run;
  /** Step within the attempt, from 1. */
  readonly step: number;
  /** Steps there may be: of the run, or of the stage. */
  readonly most: number;
  readonly budget: Budget;
  /** What this attempt has used. */
  readonly spent: Omit<Spent, 'steps'>;
  readonly policy: PathPolicy;
  readonly testCommand: string;
  readonly planSteps: readonly string[];
  /** What this step is about, in a pipeline or workflow, and what the stages it starts from said. */
  readonly stage: {
    readonly id: string;
    readonly role: string | null;
    readonly title: string;
    readonly before: readonly { id: string; summary: string }[];
  } | null;
  /** Files of the project to read first, relative to it. */
  readonly contextFiles: readonly string[];
  readonly priorFailure: string | null;
  readonly directives: readonly { kind: 'directive' | 'answer' | 'feedback'; text: string }[];
  readonly resumed: boolean;
  /** The attempt whose work it goes on with, up to one of its steps, and why that one ended. */
  readonly goesOnFrom: { readonly number: number; readonly step: number; readonly ended: string } | null;
  /** What the agent said last in a session that it cannot go on with; empty: nothing. */
  readonly former: string;
}

const kinds = {
  directive: 'Directive',
  answer: 'Answer to your question',
  feedback: 'Changes requested in review',
} as const;

/** What the agent is told at one step. Sections come in a fixed order and are left out when empty. */
export function buildPrompt(input: PromptInput): string {
  const { run, step, stage } = input;
  const sections: (string | null)[] = [
    `# Goal\n\n${run.goalText.trim()}`,
    stage === null
      ? null
      : `# This stage\n\n${stage.role === null ? '' : `As ${stage.role}: `}${stage.title}\n\nDo this part of the goal and leave the rest to the other stages.`,
    ...(stage?.before ?? []).map((it) => `# What stage ${it.id} said\n\n${it.summary}`),
    input.planSteps.length
      ? `# Plan\n\n${input.planSteps.map((text, index) => `${String(index + 1)}. ${text}`).join('\n')}`
      : null,
    `# Where you are\n\nStep ${String(step)} of at most ${String(input.most)}; ${leftOf(input)}. You work in a git worktree of your own; change files here only.${
      input.resumed ? ' Your work was interrupted: look at what is already there and go on from it.' : ''
    }`,
    input.goesOnFrom === null ? null : earlierAttempt(input.goesOnFrom),
    input.former === '' ? null : `# What you said last\n\n${input.former}`,
    input.contextFiles.length
      ? `# Read first\n\n${input.contextFiles.map((file) => `- ${file}`).join('\n')}`
      : null,
    `# Rules\n\nNever change these paths: ${input.policy.deny.join(', ') || 'none'}.${
      input.policy.allow.length ? ` Change only: ${input.policy.allow.join(', ')}.` : ''
    }${input.testCommand ? `\nHomer runs \`${input.testCommand}\` after this step; it must pass.` : ''}`,
    input.priorFailure === null ? null : `# What failed before\n\n${input.priorFailure}`,
    ...input.directives.map(({ kind, text }) => `# ${kinds[kind]}\n\n${text}`),
    `# When you end\n\nEnd with one line: \`TASK_STATE: DONE\` when ${stage === null ? 'the goal is met' : 'this stage is done'}, \`TASK_STATE: CONTINUE\` when another step is needed, or \`TASK_STATE: BLOCKED: your question\` when only the owner can help.`,
  ];
  return sections.filter((section) => section !== null).join('\n\n') + '\n';
}

function earlierAttempt({ number, step, ended }: NonNullable<PromptInput['goesOnFrom']>): string {
  return `# The attempt before\n\nThis worktree holds what run #${String(number)} had done after its step ${String(step)}. Look at it and go on from there; do not begin anew.${
    ended === '' ? '' : ` That run ended so: ${ended.trim()}`
  }`;
}

/** What is left of the budget, in words: time always, tokens and cost where they are limited. */
function leftOf({ budget, spent }: PromptInput): string {
  const minutes = Math.max(1, Math.round((budget.durationMs - spent.durationMs) / 60_000));
  const parts = [`about ${String(minutes)} minutes`];
  if (budget.tokens > 0) parts.push(`${String(Math.max(0, budget.tokens - spent.tokens))} tokens`);
  if (budget.costMicroUsd > 0)
    parts.push(`$${(Math.max(0, budget.costMicroUsd - spent.costMicroUsd) / 1e6).toFixed(2)}`);
  return `${parts.join(', ')} left`;
}
