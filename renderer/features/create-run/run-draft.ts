import type { InputOf } from '../../../preload/contract/operations.ts';
import { taskTypeOf } from '../work/auto-executor.tsx';
import { areStages, firstStages, isStaged, stagesOf, type StageDraft } from '../work/stage-draft.ts';
import { budgetOf, contextFilesOf, emptyWork, retryPolicyOf, type WorkDraft } from '../work/work-draft.ts';

export type RunType = NonNullable<InputOf<'run.create'>['runType']>;

/** What stands in the dialog, as typed. Kept in the browser's storage until the run is made. */
export interface RunDraft extends WorkDraft {
  readonly projectId: string;
  readonly goalId: string;
  readonly name: string;
  readonly query: string;
  readonly runType: RunType;
  /** Of a pipeline or a workflow. */
  readonly stages: readonly StageDraft[];
  /** Empty: the project's own. */
  readonly executor: string;
  /** As the executor's program names it; empty: its own choice. */
  readonly model: string;
  readonly command: string;
  readonly dryRun: boolean;
  readonly verbose: boolean;
  readonly metadata: string;
}

export const emptyDraft: RunDraft = {
  ...emptyWork,
  projectId: '',
  goalId: '',
  name: '',
  query: '',
  runType: 'agent',
  stages: firstStages,
  executor: '',
  model: '',
  command: '',
  dryRun: false,
  verbose: false,
  metadata: '',
};
const storageKey = 'homer.draft.run';

export function readDraft(storage: Pick<Storage, 'getItem'>): RunDraft {
  let stored: unknown;
  try {
    stored = JSON.parse(storage.getItem(storageKey) ?? '{}');
  } catch {
    // Not written by us: begin with an empty one.
    return emptyDraft;
  }
  if (typeof stored !== 'object' || stored === null) return emptyDraft;
  const fitting = Object.entries(stored).filter(
    ([name, value]) =>
      typeof value === typeof emptyDraft[name as keyof RunDraft] && (name !== 'stages' || areStages(value)),
  );
  return { ...emptyDraft, ...(Object.fromEntries(fitting) as Partial<RunDraft>) };
}

export function writeDraft(storage: Pick<Storage, 'setItem'>, draft: RunDraft): void {
  storage.setItem(storageKey, JSON.stringify(draft));
}

/** What is sent. What was left empty is left out, so that the runtime's own defaults hold. */
export function draftInput(draft: RunDraft, shell: boolean, auto = false): InputOf<'run.create'> {
  const budget = budgetOf(draft);
  return {
    projectId: draft.projectId,
    query: draft.query.trim(),
    runType: draft.runType,
    dryRun: draft.dryRun,
    verbose: draft.verbose,
    ...(draft.goalId === '' ? {} : { goalId: draft.goalId }),
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    ...(draft.executor === '' ? {} : { executor: draft.executor }),
    ...taskTypeOf(draft, auto),
    // A model belongs to one program, and a command has none.
    ...(shell || auto || draft.model.trim() === '' ? {} : { model: draft.model.trim() }),
    ...(shell && draft.command.trim() !== '' ? { shellCommand: draft.command.trim() } : {}),
    ...(budget.steps === undefined ? {} : { maxSteps: budget.steps }),
    ...(budget.durationMs === undefined ? {} : { maxMinutes: Math.ceil(budget.durationMs / 60_000) }),
    ...(budget.tokens === 0 ? {} : { maxTokens: budget.tokens }),
    ...(budget.costMicroUsd === 0 ? {} : { maxCostMicroUsd: budget.costMicroUsd }),
    priority: Number(draft.priority),
    retry: retryPolicyOf(draft),
    contextFiles: contextFilesOf(draft),
    ...metadataOf(draft),
  };
}

/** What was typed, with the stages in it; stages typed there by hand are taken over by those of the form. */
function metadataOf(draft: RunDraft): Pick<InputOf<'run.create'>, 'metadata'> {
  const typed =
    draft.metadata.trim() === ''
      ? undefined
      : (JSON.parse(draft.metadata) as NonNullable<InputOf<'run.create'>['metadata']>);
  if (isStaged(draft.runType))
    return { metadata: { ...typed, stages: stagesOf(draft.runType, draft.stages) as never } };
  return typed === undefined ? {} : { metadata: typed };
}
