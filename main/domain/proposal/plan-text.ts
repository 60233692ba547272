import type { Plan } from './plan.ts';

/** All a plan would have an agent do or run, for the risk gate; empty: there is no plan. */
export function planText(plan: Plan | null): string {
  if (plan === null) return '';
  return [...plan.steps, ...plan.files, plan.testCommand, plan.proposedTestCommand].join('\n');
}
