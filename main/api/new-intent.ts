import { createHash } from 'node:crypto';
import type { WorkChoices } from '../domain/intent/work-choices.ts';
import type { Execution } from '../domain/intent/intent.ts';
import type { Project } from '../domain/project/project.ts';
import { gateText, riskGate, type GateVerdict } from '../domain/risk/gate.ts';
import { readStages, stepsOf, type Stage } from '../domain/run/stages.ts';
import type { RunType } from '../domain/run/status.ts';
import { AUTO } from '../domain/run/task-type.ts';
import { FailureError, unwrap } from '../shared/result.ts';
import { defaultBudgetOf } from '../runtime/default-budget.ts';
import type { Read } from '../store/database.ts';
import { refuseModelOfAuto } from './refuse-model-of-auto.ts';
import type { NewIntent } from '../store/intent-store.ts';

export interface IntentRequest {
  readonly name: string;
  readonly description: string;
  readonly query: string;
  readonly runType: RunType;
  readonly executor?: string | undefined;
  readonly shellCommand?: string | undefined;
  readonly executorLabel?: string | undefined;
  readonly maxSteps?: number | undefined;
  readonly choices?: WorkChoices | undefined;
  /** Names a stage may give as its executor; absent: stages cannot come from here. */
  readonly knownExecutors?: readonly string[];
  readonly dryRun: boolean;
  readonly verbose: boolean;
  readonly metadata: Execution['metadata'];
  readonly testCommand: string | null;
  /** The text of the plan it carries out, for the risk gate. */
  readonly planText?: string;
  readonly source: string;
  readonly sourceProposalId: string | null;
  readonly goalId: string | null;
  readonly approvedByOwner: boolean;
}

/** The intent that a request means for a project, with what the risk gate says of it. Throws a `FailureError` for what cannot run. */
export function newIntent(
  read: Read,
  project: Project,
  request: IntentRequest,
): { intent: NewIntent; gate: GateVerdict; executorLabel: string } {
  const executor = request.executor ?? project.defaultExecutor;
  const shellCommand = request.shellCommand || project.shellCommand;
  let steps = defaultBudgetOf(read).steps;
  if (request.runType === 'pipeline' || request.runType === 'workflow') {
    const stages = unwrap(readStages(request.runType, request.metadata));
    // What its stages may take it gets by itself; whether that is much is for the risk gate to say.
    steps = Math.max(steps, stepsOf(stages));
    checkStages(stages, { executor, shellCommand, known: request.knownExecutors ?? [executor] });
  } else if (executor === 'shell' && shellCommand === '') throw noCommand();
  const defaults = defaultBudgetOf(read);
  const { choices = {} } = request;
  if (choices.taskType !== undefined && executor !== AUTO)
    throw new FailureError({
      tag: 'invalid_input',
      message: `A kind of task chooses the executor, but ${executor} is set.`,
      hint: `Leave the kind out, or take the executor ${AUTO}.`,
    });
  refuseModelOfAuto(executor, choices.model ?? null);
  const budget = {
    steps: request.maxSteps ?? steps,
    durationMs: choices.maxMinutes === undefined ? defaults.durationMs : choices.maxMinutes * 60_000,
    tokens: choices.maxTokens ?? defaults.tokens,
    costMicroUsd: choices.maxCostMicroUsd ?? defaults.costMicroUsd,
  };
  const execution: Execution = {
    v: 1,
    runType: request.runType,
    shellCommand: request.shellCommand || null,
    executorLabel: request.executorLabel || null,
    ...(choices.taskType === undefined ? {} : { taskType: choices.taskType }),
    dryRun: request.dryRun,
    verbose: request.verbose,
    budget,
    testCommand: request.testCommand,
    metadata: request.metadata,
  };
  return {
    intent: {
      name: request.name,
      description: request.description,
      intentType: 'task',
      query: request.query,
      contextFiles: choices.contextFiles ?? [],
      lane: '',
      executor,
      model: choices.model ?? null,
      trigger: { type: 'immediate' },
      execution,
      priority: choices.priority ?? 50,
      enabled: true,
      nextDueAt: null,
      misfirePolicy: 'run_once',
      ...(choices.retry ? { retryPolicy: choices.retry } : {}),
      source: request.source,
      sourceProposalId: request.sourceProposalId,
      goalId: request.goalId,
      projectId: project.id,
    },
    gate: riskGate({
      profile: project.riskProfile,
      text: gateText({
        query: request.query,
        shellCommand,
        metadata: request.metadata,
        ...(request.planText === undefined ? {} : { plan: request.planText }),
      }),
      budget,
      defaults,
      enforceable: true,
      patterns: project.sensitivePatterns,
      approvedByOwner: request.approvedByOwner,
    }),
    executorLabel: request.executorLabel || (executor === 'shell' ? 'shell' : executor),
  };
}

/** Every stage must name an executor that is there, and one of the shell must have a command to run. */
function checkStages(
  stages: readonly Stage[],
  given: { executor: string; shellCommand: string; known: readonly string[] },
): void {
  for (const stage of stages) {
    const executor = stage.executor ?? given.executor;
    if (stage.executor !== undefined && !given.known.includes(stage.executor))
      throw new FailureError({
        tag: 'executor_unknown',
        message: `Stage ${stage.id} names the executor “${stage.executor}”, which Homer does not have.`,
        hint: `Choose one of: ${given.known.join(', ')}.`,
      });
    if (executor === 'shell' && given.shellCommand === '' && stage.command === undefined) throw noCommand();
  }
}

function noCommand(): FailureError {
  return new FailureError({
    tag: 'no_shell_command',
    message: 'The shell executor needs a command to run.',
    hint: 'Give a command here, or set one for the project.',
  });
}

/** A fingerprint for what was typed in: the same title twice in one project is still one proposal. */
export function ownerFingerprint(projectId: string | null, title: string): string {
  return createHash('sha256')
    .update(`owner\n${projectId ?? ''}\n${title.toLowerCase()}`)
    .digest('hex');
}
