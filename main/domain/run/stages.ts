import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';

const stageSchema = z.strictObject({
  /** Unique within the run; names the stage where others need it. */
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/iu, 'Use letters, digits, - and _ (at most 40).'),
  title: z.string().trim().min(1).max(200).optional(),
  /** What it is there to do, such as planner, coder, reviewer; the agent is told. */
  role: z.string().trim().min(1).max(40).optional(),
  /** Executor that takes it; absent: the run's. */
  executor: z.string().trim().min(1).max(40).optional(),
  /** Steps it may take until it says it is done and the tests pass; absent: one, and the next stage takes over as it stands. */
  steps: z.int().min(1).max(50).optional(),
  /** Command of the `shell` executor; absent: the run's. */
  command: z.string().trim().min(1).max(2_000).optional(),
  /** Workflow only: ids of the stages that must have passed. */
  needs: z.array(z.string()).max(50).optional(),
});
export type Stage = z.infer<typeof stageSchema>;

const stagesSchema = z.array(stageSchema).min(1, 'Give at least one stage.').max(50);

/**
 * The stages of a pipeline (as given) or a workflow (dependencies first, else as given), from `metadata.stages`.
 * `invalid_stages` names the first fault: a doubled id, a missing dependency, or the cycle.
 */
export function readStages(
  runType: 'pipeline' | 'workflow',
  metadata: Readonly<Record<string, unknown>>,
): Result<Stage[]> {
  const parsed = stagesSchema.safeParse(metadata['stages']);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return invalid(
      `metadata.stages${issue?.path.length ? `.${issue.path.join('.')}` : ''}: ${issue?.message ?? 'not valid'}`,
    );
  }
  const stages = parsed.data;
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  if (byId.size !== stages.length) return invalid('Two stages have the same id.');
  if (runType === 'pipeline') {
    const graph = stages.find((stage) => stage.needs?.length);
    return graph
      ? invalid(`Stage ${graph.id} has "needs": that makes it a workflow, not a pipeline.`)
      : ok(stages);
  }
  const ordered: Stage[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (stage: Stage, path: readonly string[]): Result<void> => {
    if (state.get(stage.id) === 'done') return ok(undefined);
    if (state.get(stage.id) === 'open')
      return invalid(`The stages form a cycle: ${[...path, stage.id].join(' → ')}.`);
    state.set(stage.id, 'open');
    for (const need of stage.needs ?? []) {
      const needed = byId.get(need);
      if (!needed) return invalid(`Stage ${stage.id} needs ${need}, which is not there.`);
      const visited = visit(needed, [...path, stage.id]);
      if (!visited.ok) return visited;
    }
    state.set(stage.id, 'done');
    ordered.push(stage);
    return ok(undefined);
  };
  for (const stage of stages) {
    const visited = visit(stage, []);
    if (!visited.ok) return visited;
  }
  return ok(ordered);
}

/** Steps that all stages may take together. */
export function stepsOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + (stage.steps ?? 1), 0);
}

/** What a stage starts from: in a pipeline the one before it, in a workflow what it needs. */
export function needsOf(
  runType: 'pipeline' | 'workflow',
  stages: readonly Stage[],
  stage: Stage,
): readonly string[] {
  if (runType === 'workflow') return stage.needs ?? [];
  const before = stages[stages.findIndex(({ id }) => id === stage.id) - 1];
  return before ? [before.id] : [];
}

/** Level of each stage, from 1: one more than the highest it needs. Stages of one level may work at the same time. */
export function levelsOf(
  runType: 'pipeline' | 'workflow',
  stages: readonly Stage[],
): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  // Needs come before what needs them in the order that `readStages` gives.
  for (const stage of stages)
    levels.set(
      stage.id,
      1 + Math.max(0, ...needsOf(runType, stages, stage).map((need) => levels.get(need) ?? 0)),
    );
  return levels;
}

/** Stages that no other needs: together they are the result. */
export function lastStages(stages: readonly Stage[]): Stage[] {
  const needed = new Set(stages.flatMap((stage) => stage.needs ?? []));
  return stages.filter(({ id }) => !needed.has(id));
}

/** Every stage that starts from the work of this one, directly or not; not itself. */
export function dependantsOf(id: string, needs: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [stage, its] of needs)
      if (stage !== id && its.some((need) => need === id || found.has(need))) found.add(stage);
  }
  return found;
}

function invalid(message: string): Result<never> {
  return fail('invalid_stages', message, {
    hint: 'Give metadata such as {"stages": [{"id": "code", "command": "./code.sh"}, {"id": "check", "needs": ["code"]}]}.',
  });
}
