import type { Project } from '../domain/project/project.ts';
import type { Run } from '../domain/run/run.ts';
import type { Stage } from '../domain/run/stages.ts';
import type { RunPlace } from './ports.ts';

/** One step of one run, as it stands before its turn. */
export interface StepAt {
  readonly current: Run;
  readonly project: Project;
  readonly place: RunPlace;
  readonly step: number;
  /** Step within the attempt, from 1; of a stage beside others, within that. */
  readonly ordinal: number;
  readonly stage: Stage | null;
  /** Commit the step goes on from. */
  readonly head: string;
  /** Session of the agent to go on with. */
  readonly sessionId: string | null;
}

/** Where in its run an event happened. */
export function markOf({ step, stage }: Pick<StepAt, 'step' | 'stage'>): { step: number; stage?: string } {
  return stage === null ? { step } : { step, stage: stage.id };
}

export function executorOf({ stage, current }: Pick<StepAt, 'stage' | 'current'>): string {
  return stage?.executor ?? current.executor;
}

export function testCommandOf(run: Run, project: Project): string {
  return run.execution.testCommand ?? project.testCommand;
}

export function shellCommandOf({
  stage,
  current,
  project,
}: Pick<StepAt, 'stage' | 'current' | 'project'>): string {
  return stage?.command ?? current.execution.shellCommand ?? project.shellCommand;
}

export function titleOf({ stage, current, step }: Pick<StepAt, 'stage' | 'current' | 'step'>): string {
  return stage?.title ?? stage?.id ?? (step === 1 ? current.name : `Step ${String(step)}`);
}
