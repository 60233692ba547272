import type { Run } from '../domain/run/run.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import type { Budget } from '../domain/run/budget.ts';

export interface PromptInput {
  readonly run: Run;
  /** Step within the attempt, from 1. */
  readonly step: number;
  readonly budget: Budget;
  readonly activeMs: number;
  readonly policy: PathPolicy;
  readonly testCommand: string;
  readonly planSteps: readonly string[];
  /** What this step is about, in a pipeline or workflow. */
  readonly stageTitle: string | null;
  readonly priorFailure: string | null;
  readonly directives: readonly { kind: 'directive' | 'answer' | 'feedback'; text: string }[];
  readonly resumed: boolean;
}

const kinds = {
  directive: 'Directive',
  answer: 'Answer to your question',
  feedback: 'Changes requested in review',
} as const;

/** What the agent is told at one step. Sections come in a fixed order and are left out when empty. */
export function buildPrompt(input: PromptInput): string {
  const { run, step, budget } = input;
  const minutesLeft = Math.max(1, Math.round((budget.durationMs - input.activeMs) / 60_000));
  const sections: (string | null)[] = [
    `# Goal\n\n${run.goalText.trim()}`,
    input.stageTitle === null ? null : `# This step\n\n${input.stageTitle}`,
    input.planSteps.length
      ? `# Plan\n\n${input.planSteps.map((text, index) => `${String(index + 1)}. ${text}`).join('\n')}`
      : null,
    `# Where you are\n\nStep ${String(step)} of at most ${String(budget.steps)}; about ${String(minutesLeft)} minutes left. You work in a git worktree of your own; change files here only.${
      input.resumed ? ' Your work was interrupted: look at what is already there and go on from it.' : ''
    }`,
    `# Rules\n\nNever change these paths: ${input.policy.deny.join(', ') || 'none'}.${
      input.policy.allow.length ? ` Change only: ${input.policy.allow.join(', ')}.` : ''
    }${input.testCommand ? `\nHomer runs \`${input.testCommand}\` after this step; it must pass.` : ''}`,
    input.priorFailure === null ? null : `# What failed before\n\n${input.priorFailure}`,
    ...input.directives.map(({ kind, text }) => `# ${kinds[kind]}\n\n${text}`),
    '# When you end\n\nEnd with one line: `TASK_STATE: DONE` when the goal is met, `TASK_STATE: CONTINUE` when another step is needed, or `TASK_STATE: BLOCKED: your question` when only the owner can help.',
  ];
  return sections.filter((section) => section !== null).join('\n\n') + '\n';
}
