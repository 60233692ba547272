import type { Project } from '../domain/project/project.ts';
import { budgetSpent } from '../domain/run/budget.ts';
import type { Run } from '../domain/run/run.ts';
import type { RunStage } from '../domain/run/run-stage.ts';
import type { Stage } from '../domain/run/stages.ts';
import type { Write } from '../store/database.ts';
import { findChild } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { getStage, insertStages, listStages, moveStage, noteStage } from '../store/run-stage-store.ts';
import { countSteps, lastCheckpoint } from '../store/run-step-store.ts';
import { getAttemptSpent } from '../store/run-attempt-store.ts';
import { getRunLoopState } from '../store/run-request-store.ts';
import { getRun } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';
import { decideNext, stageKey } from './decide-next.ts';
import { judgeStep } from './judge-step.ts';
import type { LoopParts, Work } from './loop-parts.ts';
import type { RunPlace } from './ports.ts';
import { testStep } from './run-tests.ts';
import { endSpent } from './settle.ts';
import { stagesOf } from './stages-of.ts';
import { startPointOf } from './start-point.ts';
import { executorOf } from './step-at.ts';
import { takeTurn } from './take-turn.ts';

/**
 * One step of a run whose steps come one after another in its own worktree: an agent's loop, a task, or a pipeline, whose stages each
 * take theirs until they are through.
 */
export async function takeStep(
  parts: LoopParts,
  work: Work,
  project: Project,
  place: RunPlace,
): Promise<'next' | 'review' | 'left'> {
  const { store } = parts;
  const { runId } = work;
  const { start, current, stepBase, checkpoint, left, spent } = store.read((read) => ({
    start: startPointOf(read, getRun(read, runId)),
    current: getRun(read, runId),
    stepBase: getRunLoopState(read, runId).stepBase,
    checkpoint: lastCheckpoint(read, runId),
    left: findChild(read, work),
    spent: getAttemptSpent(read, runId),
  }));
  const step = Math.max(checkpoint?.step ?? 0, stepBase) + 1;
  const taken = store.read((read) => countSteps(read, runId, current.attempt));
  const resumed = left?.step === step && left.attempt === current.attempt ? left : null;
  const { budget } = current.execution;
  // A turn that was begun within the budget is judged, whatever it used up.
  const over = resumed ? undefined : budgetSpent(budget, { steps: taken, ...spent });
  if (over) {
    endSpent(parts, runId, over, checkpoint?.test ?? null);
    return 'left';
  }
  const stages = stagesOf(current);
  const at = {
    current,
    project,
    place,
    step,
    ordinal: taken + 1,
    stage: null,
    head: current.headCommit ?? place.baseCommit,
    sessionId: current.sessionId,
    again: current.runType !== 'task',
    last: true,
    ...(stages ? stageAt(store, current, stages, step) : {}),
  };
  const lastTest = checkpoint?.attempt === current.attempt ? checkpoint.test : null;
  const turn = await takeTurn(parts, work, at, resumed, lastTest ?? (checkpoint ?? start)?.test ?? null);
  const judged = await judgeStep(parts, at, turn);
  if (judged === null) return 'left';
  const test = await testStep(parts, work, at);
  return decideNext(parts, at, turn, judged, test);
}

/** The stage a pipeline is at, begun when it was not. */
function stageAt(
  store: Store,
  current: Run,
  stages: readonly Stage[],
  step: number,
): { stage: Stage; sessionId: string | null; again: boolean; last: boolean } {
  const { id: runId, attempt } = current;
  const { stage, row } = store.write((write) => {
    if (listStages(write, runId, attempt).length === 0)
      insertStages(
        write,
        runId,
        attempt,
        stages.map((it) => ({ id: it.id, executor: executorOf({ stage: it, current }) })),
      );
    const open = listStages(write, runId, attempt).find(({ status }) => status !== 'passed');
    const found = stages.find(({ id }) => id === open?.stage);
    if (!open || !found) throw new Error(`the pipeline ${runId} has no stage left`);
    return { stage: found, row: beginStage(write, { current, stage: found, stages }, open, step) };
  });
  return {
    stage,
    sessionId: row.sessionId,
    again: row.stepsTaken + 1 < (stage.steps ?? 1),
    last: stages.at(-1)?.id === stage.id,
  };
}

function beginStage(
  write: Write,
  at: { current: Run; stage: Stage; stages: readonly Stage[] },
  row: RunStage,
  step: number,
): RunStage {
  const { current, stage, stages } = at;
  const key = stageKey(at);
  if (row.status === 'blocked') moveStage(write, key, 'answer');
  if (row.status === 'pending') {
    moveStage(write, key, 'begin');
    const baseCommit = current.headCommit ?? current.baseCommit ?? '';
    noteStage(write, key, {
      baseCommit,
      headCommit: baseCommit,
      ...(current.worktree === null ? {} : { worktree: current.worktree }),
      ...(current.branch === null ? {} : { branch: current.branch }),
    });
    appendRunEvents(write, current.id, [
      {
        type: 'stage_started',
        payload: {
          stage: stage.id,
          title: stage.title ?? stage.id,
          role: stage.role ?? null,
          executor: row.executor,
          needs: stages
            .slice(0, row.position)
            .slice(-1)
            .map(({ id }) => id),
          baseCommit,
        },
      },
    ]);
  }
  noteStage(write, key, { step });
  return getStage(write, key.runId, key.attempt, key.stage);
}
