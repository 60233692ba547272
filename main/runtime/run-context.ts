import { redact } from '../agents/redact.ts';
import type { Read } from '../store/database.ts';
import { getGoal, listGoalsOfProject } from '../store/goal-store.ts';
import { getProject } from '../store/project-store.ts';
import { getProposal } from '../store/proposal-store.ts';
import { getAttemptSpent } from '../store/run-attempt-store.ts';
import type { StoredChild } from '../store/run-child-store.ts';
import { getRun } from '../store/run-store.ts';

const MOST_TEXT = 32_000;

/** The goals of a run's project, its own first, as JSON. */
export function goalsFor(read: Read, { runId }: Pick<StoredChild, 'runId'>): string {
  const run = getRun(read, runId);
  const own = run.goalId === null ? [] : [getGoal(read, run.goalId)];
  const others = listGoalsOfProject(read, run.projectId).filter(({ id }) => id !== run.goalId);
  return asText({
    goals: [...own, ...others].slice(0, 50).map((goal) => ({
      title: goal.title,
      description: goal.description.slice(0, 1_000),
      status: goal.status,
      progress: goal.progress,
      targetDate: goal.targetDate,
      ofThisRun: goal.id === run.goalId,
    })),
  });
}

/** What a run is for and what it may spend, as JSON. Nothing of another project, and no path but its own. */
export function contextOf(read: Read, { runId, stage, step }: StoredChild): string {
  const run = getRun(read, runId);
  const project = getProject(read, run.projectId);
  const { budget } = run.execution;
  const spent = getAttemptSpent(read, runId);
  return asText({
    run: `#${String(run.number)}`,
    task: run.name,
    goal: run.goalText,
    project: project.name,
    attempt: run.attempt,
    step,
    stage: stage === '' ? null : stage,
    plan: run.proposalId === null ? null : (getProposal(read, run.proposalId).plan?.steps ?? null),
    testCommand: run.execution.testCommand ?? project.testCommand,
    pathPolicy: project.pathPolicy,
    budget: {
      steps: budget.steps,
      minutesLeft: Math.max(0, Math.round((budget.durationMs - spent.durationMs) / 60_000)),
      tokensLeft: budget.tokens === 0 ? null : Math.max(0, budget.tokens - spent.tokens),
    },
  });
}

function asText(value: unknown): string {
  return redact(JSON.stringify(value, null, 1)).slice(0, MOST_TEXT);
}
