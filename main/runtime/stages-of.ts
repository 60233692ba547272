import { readStages, stepsOf, type Stage } from '../domain/run/stages.ts';
import type { Run } from '../domain/run/run.ts';
import { unwrap } from '../shared/result.ts';

/** The stages of a pipeline or workflow in the order they are taken; null for other runs. */
export function stagesOf(run: Run): Stage[] | null {
  return run.runType === 'pipeline' || run.runType === 'workflow'
    ? unwrap(readStages(run.runType, run.execution.metadata))
    : null;
}

/** How many steps an attempt may take: those of its stages, one for a task, else the budget; never more than the budget. */
export function mostSteps(run: Run, stages: readonly Stage[] | null): number {
  const { steps } = run.execution.budget;
  return Math.min(steps, stages ? stepsOf(stages) : run.runType === 'task' ? 1 : steps);
}
