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
  /** Step within the attempt, from 1. */
  readonly ordinal: number;
  readonly stage: Stage | null;
}

export function testCommandOf(run: Run, project: Project): string {
  return run.execution.testCommand ?? project.testCommand;
}

export function shellCommandOf({ stage, current, project }: StepAt): string {
  return stage?.command ?? current.execution.shellCommand ?? project.shellCommand;
}

export function titleOf({ stage, current, step }: StepAt): string {
  return stage?.title ?? stage?.id ?? (step === 1 ? current.name : `Step ${String(step)}`);
}
