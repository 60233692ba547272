import type { Project } from '../domain/project/project.ts';
import type { DryRun } from '../domain/run/dry-run.ts';
import type { Run } from '../domain/run/run.ts';
import { levelsOf, needsOf, type Stage } from '../domain/run/stages.ts';
import { planText } from '../domain/proposal/plan-text.ts';
import { gateText, riskGate } from '../domain/risk/gate.ts';
import type { Read } from '../store/database.ts';
import { endRun } from '../store/end-run.ts';
import { readFlag } from '../store/flag-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { getProposal } from '../store/proposal-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { getRun } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import { defaultBudgetOf } from './default-budget.ts';
import type { LoopParts } from './loop-parts.ts';
import type { RunPlace } from './ports.ts';
import { mostSteps, stagesOf } from './stages-of.ts';
import { executorOf, shellCommandOf, testCommandOf, titleOf, type StepAt } from './step-at.ts';
import { promptOf } from './step-prompt.ts';

/**
 * Does all of a run but starting an agent and applying: it ends with what each step would be told, in which order and where, with
 * which commands, and what policy, budget and risk gate say to it.
 */
export function dryRun(parts: LoopParts, of: { runId: string; project: Project; place: RunPlace }): void {
  const { store, workspace } = parts;
  const { project, place } = of;
  const current = store.read((read) => getRun(read, of.runId));
  const stages = stagesOf(current);
  const { mostParallel, gate } = store.read((read) => ({
    mostParallel: current.runType === 'workflow' ? Number(readFlag(read, 'runtime.max_parallel_stages')) : 1,
    gate: gateOf(read, current, project),
  }));
  const levels =
    stages && current.runType !== 'agent' && current.runType !== 'task'
      ? levelsOf(current.runType, stages)
      : null;
  const stepOf = (stage: Stage | null, position: number): DryRun['steps'][number] => {
    const own =
      stage !== null && current.runType === 'workflow'
        ? workspace.stagePlace({
            runId: current.id,
            projectPath: place.projectPath,
            stage: stage.id,
            position,
            worktree: `${place.worktree}-s${String(position)}`,
            branch: place.branch,
            baseCommit: place.baseCommit,
          })
        : place;
    const at: StepAt = {
      current,
      project,
      place: own,
      step: position + 1,
      ordinal: stage === null ? position + 1 : 1,
      stage,
      head: place.baseCommit,
      sessionId: null,
    };
    const executor = executorOf(at);
    const needs =
      stages && stage && (current.runType === 'pipeline' || current.runType === 'workflow')
        ? needsOf(current.runType, stages, stage)
        : [];
    return {
      stage: stage?.id ?? null,
      title: titleOf(at),
      role: stage?.role ?? null,
      executor,
      command: executor === 'shell' ? shellCommandOf(at) : null,
      needs: [...needs],
      level: (stage && levels?.get(stage.id)) ?? 1,
      mostSteps: stage === null ? mostSteps(current, null) : (stage.steps ?? 1),
      worktree: own.worktree,
      prompt: promptOf(store, at, null).text,
    };
  };
  const plan: DryRun = {
    steps: stages ? stages.map(stepOf) : [stepOf(null, 0)],
    baseCommit: place.baseCommit,
    branch: place.branch,
    setupCommand: project.setupCommand,
    testCommand: testCommandOf(current, project),
    budget: current.execution.budget,
    mostParallel,
    policy: { allow: [...project.pathPolicy.allow], deny: [...project.pathPolicy.deny] },
    gate,
  };
  store.write((write) => {
    noteRunFacts(write, current.id, { step: 1 });
    appendRunEvents(write, current.id, [
      { type: 'step_started', payload: { step: 1, of: plan.budget.steps, title: 'Dry run' } },
      ...plan.steps.map((it) => ({
        type: 'message' as const,
        payload: {
          step: 1,
          ...(it.stage === null ? {} : { stage: it.stage }),
          text: `Dry run: the agent was not started. It would have been told:\n\n${it.prompt}`,
        },
      })),
      { type: 'dry_run', payload: plan },
      { type: 'step_ended', payload: { step: 1, result: 'dry run', durationMs: 0 } },
    ]);
    transitionRun(write, current.id, 'end_turn', 'runtime');
    endRun(write, current.id, 'complete', 'runtime', { reason: 'dry run' });
  });
}

/** What the risk gate says of this run, were it begun now and nobody had approved it. */
function gateOf(read: Read, run: Run, project: Project): DryRun['gate'] {
  const verdict = riskGate({
    profile: project.riskProfile,
    text: gateText({
      query: run.goalText,
      shellCommand: run.execution.shellCommand ?? project.shellCommand,
      metadata: run.execution.metadata,
      plan: planText(run.proposalId === null ? null : getProposal(read, run.proposalId).plan),
    }),
    budget: run.execution.budget,
    defaults: defaultBudgetOf(read),
    enforceable: true,
    patterns: project.sensitivePatterns,
    approvedByOwner: false,
  });
  return { start: verdict.start, held: [...verdict.held] };
}
