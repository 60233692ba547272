import type { Run } from '../domain/run/run.ts';
import type { RunStage } from '../domain/run/run-stage.ts';
import { ok, type Result } from '../shared/result.ts';
import { findConflict, putConflict } from '../store/run-conflict-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import type { LoopParts } from './loop-parts.ts';

/**
 * The work of some stages brought together as one commit, in the order given: for a stage that needs them, or, with an empty
 * `target`, as the result. Null when two do not fit and nobody has said how; that then stands as an open conflict of the run.
 */
export async function joinStages(
  { store, workspace }: LoopParts,
  at: { run: Run; projectPath: string; target: string; of: readonly RunStage[] },
): Promise<Result<string | null>> {
  const { run, target, of } = at;
  const [first, ...more] = of;
  if (!first?.headCommit) throw new Error(`run ${run.id} has no stage to join for “${target}”`);
  let ours = first.headCommit;
  const names = [first.stage];
  for (const { stage, headCommit: theirs } of more) {
    if (theirs === null) throw new Error(`the stage ${stage} of run ${run.id} passed without a commit`);
    const oursCommit = ours;
    const known = store.read((read) => findConflict(read, run.id, oursCommit, theirs));
    const joined = await workspace.join({
      projectPath: at.projectPath,
      ours,
      theirs,
      message: `Join ${stage} with ${names.join(', ')} in run ${String(run.number)}: ${run.name}`,
      at: run.createdAt,
      take: known?.taken === 'ours' || known?.taken === 'theirs' ? known.taken : null,
    });
    if (!joined.ok) return joined;
    const { commit, conflicts } = joined.value;
    if (commit === null) {
      store.write((write) => {
        putConflict(write, {
          runId: run.id,
          attempt: run.attempt,
          oursCommit,
          theirsCommit: theirs,
          stage: target,
          ours: names,
          theirs: stage,
          files: conflicts,
        });
        appendRunEvents(write, run.id, [
          {
            type: 'joined',
            payload: { stage: target, of: [...names, stage], commit: null, conflicts: [...conflicts] },
          },
        ]);
      });
      return ok(null);
    }
    ours = commit;
    names.push(stage);
  }
  if (names.length > 1)
    store.write((write) =>
      appendRunEvents(write, run.id, [
        { type: 'joined', payload: { stage: target, of: names, commit: ours, conflicts: [] } },
      ]),
    );
  return ok(ours);
}
