import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';

const stageSchema = z.strictObject({
  /** Unique within the run; names the stage where others need it. */
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/iu, 'Use letters, digits, - and _ (at most 40).'),
  title: z.string().trim().min(1).max(200).optional(),
  role: z.string().trim().max(40).optional(),
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

function invalid(message: string): Result<never> {
  return fail('invalid_stages', message, {
    hint: 'Give metadata such as {"stages": [{"id": "code", "command": "./code.sh"}, {"id": "check", "needs": ["code"]}]}.',
  });
}
