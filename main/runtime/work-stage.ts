import type { Project } from '../domain/project/project.ts';
import { budgetSpent } from '../domain/run/budget.ts';
import type { Run } from '../domain/run/run.ts';
import type { RunStage } from '../domain/run/run-stage.ts';
import type { Stage } from '../domain/run/stages.ts';
import type { Write } from '../store/database.ts';
import { findChild } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { getStage, listStages, moveStage, noteStage } from '../store/run-stage-store.ts';
import { lastCheckpointOf } from '../store/run-step-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { guardLease } from '../store/guard-lease.ts';
import { getAttemptSpent } from '../store/run-attempt-store.ts';
import { getRunLoopState } from '../store/run-request-store.ts';
import { getRun } from '../store/run-store.ts';
import { changedNothingTwice, nextOf, stageKey, whatWasSpent } from './decide-next.ts';
import { joinStages } from './join-stages.ts';
import { judgeStep } from './judge-step.ts';
import { keepStep } from './keep-step.ts';
import type { LoopParts, Work } from './loop-parts.ts';
import type { RunPlace } from './ports.ts';
import { setUp } from './prepare-run.ts';
import { NO_TEST, testStep } from './run-tests.ts';
import { failureChanges, need, safePoint, StageEnd, type StageOutcome } from './settle.ts';
import { takeTurn } from './take-turn.ts';

export interface StageWork {
  readonly run: Run;
  readonly project: Project;
  /** Where the run itself stands: stages that need nothing start from its last commit. */
  readonly place: RunPlace;
  readonly stage: Stage;
}

/**
 * One stage of a workflow, from the join of what it needs to its end or a wait: in a worktree of its own, with turns, policy
 * judgements, tests and checkpoints of its own. It writes its own state and leaves the run's to `run-workflow.ts`.
 */
export async function workStage(parts: LoopParts, work: Work, of: StageWork): Promise<StageOutcome> {
  const outcome = await untilOver(parts, work, of).catch((error: unknown): StageOutcome => {
    if (error instanceof StageEnd) return error.outcome;
    throw error;
  });
  if (outcome.kind === 'failed') {
    const { errorTag, error } = failureChanges(outcome.failure);
    parts.store.write((write) => {
      const key = { runId: of.run.id, attempt: of.run.attempt, stage: of.stage.id };
      if (getStage(write, key.runId, key.attempt, key.stage).status === 'pending')
        moveStage(write, key, 'begin');
      moveStage(write, key, 'fail', { errorTag, error });
      appendRunEvents(write, of.run.id, [
        {
          type: 'stage_ended',
          payload: { stage: of.stage.id, result: 'failed', commit: null, reason: error },
        },
      ]);
    });
  }
  return outcome;
}

async function untilOver(parts: LoopParts, work: Work, of: StageWork): Promise<StageOutcome> {
  const place = await placeOf(parts, work, of);
  if (place === null) return { kind: 'conflict' };
  for (;;) {
    const child = parts.store.read((read) => findChild(read, work));
    // A turn that is under way is taken up first, whatever was asked for.
    if (child === null || child.ending !== null) await safePoint(parts, work);
    const outcome = await takeStageStep(parts, work, { ...of, place });
    if (outcome !== null) return outcome;
  }
}

/** The stage's worktree: as it stands, or made from what it needs. Null when that does not join. */
async function placeOf(parts: LoopParts, work: Work, of: StageWork): Promise<RunPlace | null> {
  const { store, workspace } = parts;
  const { run, project, stage } = of;
  const { row, rows, child } = store.read((read) => ({
    row: getStage(read, run.id, run.attempt, stage.id),
    rows: listStages(read, run.id, run.attempt),
    child: findChild(read, work),
  }));
  const { position, worktree, branch, baseCommit } = row;
  const where = { runId: run.id, projectPath: project.localPath, stage: stage.id, position };
  if (row.status === 'running' && worktree !== null && branch !== null && baseCommit !== null) {
    const place = workspace.stagePlace({ ...where, worktree, branch, baseCommit });
    // Nothing tells whether its set-up went through: it is run again as long as no turn has ended.
    if (child === null && row.stepsTaken === 0) await setUp(parts, work, { current: run, project, place });
    return place;
  }
  const needed = neededBy(row, stage, rows);
  const base =
    needed.length === 0
      ? (run.headCommit ?? of.place.baseCommit)
      : await need(
          parts,
          work,
          await joinStages(parts, { run, projectPath: project.localPath, target: stage.id, of: needed }),
        );
  if (base === null) return null;
  const place = await need(
    parts,
    work,
    await workspace.createStage({ ...where, number: run.number, name: run.name, base }),
  );
  await safePoint(parts, work);
  store.write((write) => {
    begin(write, of, row, place, needed);
  });
  await setUp(parts, work, { current: run, project, place });
  return place;
}

/** The stages whose work a stage starts from, in their order. */
export function neededBy(
  row: Pick<RunStage, 'onto'>,
  stage: Stage,
  rows: readonly RunStage[],
): readonly RunStage[] {
  const names = new Set([...(stage.needs ?? []), ...row.onto]);
  return rows.filter((it) => names.has(it.stage));
}

function begin(
  write: Write,
  { run, stage }: StageWork,
  row: RunStage,
  place: RunPlace,
  needed: readonly RunStage[],
): void {
  const key = stageKey({ current: run, stage });
  const { worktree, branch, baseCommit } = place;
  moveStage(write, key, 'begin');
  noteStage(write, key, { worktree, branch, baseCommit, headCommit: baseCommit });
  appendRunEvents(write, run.id, [
    {
      type: 'stage_started',
      payload: {
        stage: stage.id,
        title: stage.title ?? stage.id,
        role: stage.role ?? null,
        executor: row.executor,
        needs: needed.map((it) => it.stage),
        baseCommit,
      },
    },
    { type: 'worktree_created', payload: { stage: stage.id, path: worktree, branch, baseCommit } },
  ]);
}

/** One step of a stage; null when another follows. */
async function takeStageStep(parts: LoopParts, work: Work, of: StageWork): Promise<StageOutcome | null> {
  const { store } = parts;
  const { run, stage } = of;
  const key = stageKey({ current: run, stage });
  const { row, step, checkpoint, child, current } = store.write((write) => {
    guardLease(write, run.id);
    const found = getStage(write, key.runId, key.attempt, key.stage);
    const left = findChild(write, work);
    const last = lastCheckpointOf(write, key);
    const resumed = left?.step === found.step && left.attempt === run.attempt ? left : null;
    return {
      row: found,
      child: resumed,
      checkpoint: last,
      // A turn that was begun within the budget is judged, whatever it used up.
      step: resumed ? found.step : nextStep(write, run, found, last?.step ?? 0),
      current: getRun(write, run.id),
    };
  });
  const at = {
    current,
    project: of.project,
    place: of.place,
    step,
    ordinal: row.stepsTaken + 1,
    stage,
    head: row.headCommit ?? of.place.baseCommit,
    sessionId: row.sessionId,
    again: row.stepsTaken + 1 < (stage.steps ?? 1),
    last: false,
  };
  const turn = await takeTurn(parts, work, at, child, checkpoint?.test ?? null);
  const judged = await judgeStep(parts, at, turn);
  if (judged === null) throw new Error(`stage ${stage.id} was settled as if it were its run`);
  // What changed nothing has nothing to test: the result of the run is tested in any case.
  const test = judged.total.length === 0 ? NO_TEST : await testStep(parts, work, at);
  return store.write((write): StageOutcome | null => {
    const stalled = changedNothingTwice(write, at, judged, test.evidence);
    keepStep(write, at, turn, judged, test);
    const next = nextOf(at, turn, test, stalled);
    switch (next.kind) {
      case 'next':
        return null;
      case 'blocked':
        moveStage(write, key, 'ask', { question: next.question });
        appendRunEvents(write, run.id, [
          { type: 'question', payload: { step, stage: stage.id, text: next.question } },
          { type: 'stage_ended', payload: { stage: stage.id, result: 'blocked', commit: judged.commit } },
        ]);
        return { kind: 'blocked' };
      case 'failed':
        return next;
      case 'spent':
        return { kind: 'spent', spent: whatWasSpent(write, current) };
      case 'pass':
      case 'done':
        moveStage(write, key, 'pass');
        appendRunEvents(write, run.id, [
          { type: 'stage_ended', payload: { stage: stage.id, result: 'passed', commit: judged.commit } },
        ]);
        return { kind: 'passed' };
    }
  });
}

/** The number of the step a stage takes now: its own again when that was cut off, else the run's next. Ends the stage when none is left. */
function nextStep(write: Write, run: Run, row: RunStage, done: number): number {
  const { budget } = run.execution;
  const { step: begun } = getRun(write, run.id);
  const again = row.step > done;
  const over = budgetSpent(budget, {
    steps: again ? 0 : begun - getRunLoopState(write, run.id).stepBase,
    ...getAttemptSpent(write, run.id),
  });
  if (over) throw new StageEnd({ kind: 'spent', spent: over });
  if (again) return row.step;
  const step = begun + 1;
  noteStage(write, { runId: run.id, attempt: run.attempt, stage: row.stage }, { step });
  noteRunFacts(write, run.id, { step });
  return step;
}
