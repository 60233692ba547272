import type { JsonObject } from '../domain/primitives.ts';
import { endRun } from '../store/end-run.ts';
import { deleteChild, noteChildJudged } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { putCheckpoint } from '../store/run-step-store.ts';
import { noteStage } from '../store/run-stage-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import type { LoopParts } from './loop-parts.ts';
import { policyFailure } from './policy-failure.ts';
import type { ChangeStat } from './ports.ts';
import { failureChanges, need, StageEnd } from './settle.ts';
import { markOf, type StepAt } from './step-at.ts';
import type { TakenTurn } from './take-turn.ts';

/** What a turn left in the worktree, found allowed and committed. */
export interface JudgedStep {
  readonly commit: string;
  readonly changedPaths: readonly string[];
  /** What this step changed, and what the run has changed since its base. */
  readonly changed: readonly ChangeStat[];
  readonly total: readonly ChangeStat[];
}

const MOST_PATHS = 2_000;

/**
 * Checks what a turn changed against the path policy and commits it. Null when the policy forbids it: then the run has failed, with
 * the evidence kept; a stage beside others ends by `StageEnd`. What it found is kept until the checkpoint, so that tests cut off by a crash are not taken for the agent's work.
 */
export async function judgeStep(parts: LoopParts, at: StepAt, turn: TakenTurn): Promise<JudgedStep | null> {
  if (turn.judged) return turn.judged as unknown as JudgedStep;
  const { store, workspace } = parts;
  const { current, project, place, step } = at;
  const runId = current.id;
  const verdict = await need(parts, place, await workspace.judge(place, turn.mark, project.pathPolicy));
  const changedPaths = verdict.paths.map((entry) => entry.path).slice(0, MOST_PATHS);
  const violations = [...verdict.violations];
  const notices = verdict.notices.length > 0 ? { notices: [...verdict.notices] } : {};
  const checked = {
    type: 'policy_checked' as const,
    payload: { ...markOf(at), ok: verdict.ok, changedPaths, violations, ...notices },
  };
  if (!verdict.ok) {
    await store.writeSoon((write) => {
      appendRunEvents(write, runId, [
        checked,
        {
          type: 'step_ended',
          payload: {
            ...markOf(at),
            result: 'policy violation',
            durationMs: Math.round(turn.ending.durationMs),
          },
        },
      ]);
      putCheckpoint(
        write,
        {
          runId,
          step,
          attempt: current.attempt,
          stage: at.stage?.id ?? '',
          result: 'policy_violation',
          changedPaths,
          policyOk: false,
          policyViolations: violations,
          test: null,
          sessionId: turn.ending.sessionId,
          commit: null,
        },
        turn.promptDigest,
      );
      deleteChild(write, place);
      if (place.stage === '')
        endRun(write, runId, 'fail', 'runtime', { changes: failureChanges(policyFailure(violations)) });
    });
    if (place.stage !== '') throw new StageEnd({ kind: 'failed', failure: policyFailure(violations) });
    return null;
  }
  const { commit, changed, total } = await need(
    parts,
    place,
    await workspace.checkpoint(place, {
      parent: at.head,
      message: `Step ${String(step)} of run ${String(current.number)}${at.stage ? `, stage ${at.stage.id}` : ''}: ${current.name}`,
      verdict,
    }),
  );
  const judged: JudgedStep = { commit, changedPaths, changed, total };
  await store.writeSoon((write) => {
    appendRunEvents(write, runId, [checked]);
    if (place.stage === '') noteRunFacts(write, runId, { headCommit: commit });
    if (at.stage !== null)
      noteStage(write, { runId, attempt: current.attempt, stage: at.stage.id }, { headCommit: commit });
    noteChildJudged(write, place, JSON.parse(JSON.stringify(judged)) as JsonObject);
  });
  return judged;
}
