import type { Project } from '../domain/project/project.ts';
import type { RunStage } from '../domain/run/run-stage.ts';
import type { Stage } from '../domain/run/stages.ts';
import { endRun } from '../store/end-run.ts';
import { readFlag } from '../store/flag-store.ts';
import { listChildrenOf } from '../store/run-child-store.ts';
import { listStages } from '../store/run-stage-store.ts';
import { isLeaseLost } from '../store/guard-lease.ts';
import { getRunLoopState } from '../store/run-request-store.ts';
import { getRun } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import { isStoreFailure } from '../store/store-failure.ts';
import { createWork, type LoopParts, type Work } from './loop-parts.ts';
import { finishWorkflow } from './finish-workflow.ts';
import type { RunPlace } from './ports.ts';
import { prepareStages } from './prepare-stages.ts';
import { endSpent, failureChanges, Leave, safePoint, waitInQueue, type StageOutcome } from './settle.ts';
import { whatIsAsked } from './settle-answers.ts';
import { stagesOf } from './stages-of.ts';
import { neededBy, workStage } from './work-stage.ts';

/**
 * A run whose stages form a graph. A stage begins when all it needs has passed, as many at a time as `runtime.max_parallel_stages`
 * allows; the run is `running` while any of them works.
 *
 * - A stage that a former host began is taken up before others, whatever the limit: its child may live.
 * - A stage that asks, or whose needs do not join, waits; the others go on. Only when none can, the run asks its owner.
 * - When a stage fails or the budget is spent, none begins any more, and those at work come to their end first.
 * - A pause lets turns end; a stop ends them. Either is written only when nothing of the run is alive.
 * - When the last has passed, `finish-workflow.ts` joins, judges and tests the result.
 */
export async function runWorkflow(
  parts: LoopParts,
  work: Work,
  project: Project,
  place: RunPlace,
): Promise<'review' | 'left'> {
  const { store, scope } = parts;
  const { runId } = work;
  const run = store.read((read) => getRun(read, runId));
  const stages = stagesOf(run) ?? [];
  prepareStages(parts, run, stages, place);
  const outcomes = new Map<string, StageOutcome>();
  const faults: unknown[] = [];

  for (;;) {
    for (const stage of startable()) begin(stage);
    if (work.stages.size > 0) {
      await Promise.race([...work.stages.values()].map(({ finished }) => finished));
      if (faults.length > 0) await letGo();
      continue;
    }
    if (faults.length > 0) throw faults[0];
    if (scope.closed) throw new Leave();
    const next = conclude();
    if (next === 'left') return 'left';
    if (next === 'finish') {
      await safePoint(parts, work);
      const finished = await finishWorkflow(parts, work, { project, place, stages });
      if (finished !== 'conflict') return finished;
    }
    await safePoint(parts, work);
  }

  /** Stages that can work now and do not: first those that were begun, then as many new ones as there is room for. */
  function startable(): Stage[] {
    if (faults.length > 0 || scope.closed) return [];
    const { rows, requested, open, most } = store.read((read) => ({
      rows: listStages(read, runId, run.attempt),
      requested: getRunLoopState(read, runId).requested,
      open: new Set(
        listChildrenOf(read, runId)
          .filter(({ ending }) => ending === null)
          .map(({ stage }) => stage),
      ),
      most: Number(readFlag(read, 'runtime.max_parallel_stages')),
    }));
    const halted =
      requested !== '' ||
      work.abort.signal.aborted ||
      [...outcomes.values()].some(({ kind }) => kind === 'failed' || kind === 'spent' || kind === 'waiting');
    const idle = rows.filter((row) => !work.stages.has(row.stage) && !outcomes.has(row.stage));
    const begun = idle.filter((row) => row.status === 'running' && (!halted || open.has(row.stage)));
    const room = Math.max(0, most - work.stages.size - begun.length);
    const fresh = halted ? [] : idle.filter((row) => isReady(row, rows)).slice(0, room);
    const names = new Set([...begun, ...fresh].map((row) => row.stage));
    return stages.filter(({ id }) => names.has(id));
  }

  function isReady(row: RunStage, rows: readonly RunStage[]): boolean {
    const stage = stages.find(({ id }) => id === row.stage);
    return (
      row.status === 'pending' &&
      stage !== undefined &&
      neededBy(row, stage, rows).every((it) => it.status === 'passed')
    );
  }

  function begin(stage: Stage): void {
    const its = createWork(runId, stage.id);
    its.watch = work.watch;
    work.stages.set(stage.id, its);
    its.finished = workStage(parts, its, { run, project, place, stage })
      .then(
        (outcome) => {
          // A stage whose child was lost is taken up again at once.
          if (outcome.kind !== 'lost') outcomes.set(stage.id, outcome);
        },
        async (error: unknown) => {
          faults.push(error);
          if (!isLeave(error)) await its.turn?.end('cancelled');
        },
      )
      .finally(() => {
        work.stages.delete(stage.id);
      });
  }

  /** After a fault in one stage none goes on: their children are ended, or let go of when the store or the host is what failed. */
  async function letGo(): Promise<void> {
    const leave = faults.some(isLeave);
    const others = [...work.stages.values()];
    await Promise.all(
      others.map(async (its) => {
        its.abort.abort();
        if (leave) {
          its.turn?.detach();
          its.release();
        } else await its.turn?.end('cancelled');
      }),
    );
    await Promise.all(others.map(({ finished }) => finished));
  }

  /** Nothing of the run works: what becomes of it. `again`: a wish of the owner was taken back meanwhile. */
  function conclude(): 'left' | 'finish' | 'again' {
    const { requested, rows, asked } = store.read((read) => ({
      requested: getRunLoopState(read, runId).requested,
      rows: listStages(read, runId, run.attempt),
      asked: whatIsAsked(read, run),
    }));
    if (requested !== '') return 'again';
    const failed = rows.find(({ status }) => status === 'failed');
    if (failed) {
      store.write((write) => {
        endRun(write, runId, 'fail', 'runtime', {
          changes: {
            errorTag: failed.errorTag ?? 'stage_failed',
            error: `Stage ${failed.stage} failed: ${failed.error ?? 'see its output.'}`,
          },
        });
      });
      return 'left';
    }
    for (const outcome of outcomes.values())
      if (outcome.kind === 'spent') {
        endSpent(parts, runId, outcome.spent, null);
        return 'left';
      }
    for (const outcome of outcomes.values())
      if (outcome.kind === 'waiting') {
        store.write((write) => {
          waitInQueue(write, runId, outcome.waits, outcome.notBefore);
        });
        return 'left';
      }
    const interrupted = [...outcomes].filter(([, { kind }]) => kind === 'interrupted');
    if (interrupted.length > 0 && !work.abort.signal.aborted) {
      for (const [stage] of interrupted) outcomes.delete(stage);
      return 'again';
    }
    if (asked) {
      store.write((write) => {
        transitionRun(write, runId, 'block', asked.of === 'stage' ? 'agent' : 'runtime', {
          changes: { question: asked.question },
        });
      });
      return 'left';
    }
    if (rows.every(({ status }) => status === 'passed')) return 'finish';
    const left = rows.filter(({ status }) => status !== 'passed').map(({ stage }) => stage);
    store.write((write) => {
      endRun(write, runId, 'fail', 'runtime', {
        changes: failureChanges({
          tag: 'stages_unfinished',
          message: `These stages could not be started: ${left.join(', ')}.`,
          hint: 'Retry the run.',
        }),
      });
    });
    return 'left';
  }
}

/** The host closes, cannot write, or has the run no more: children go on, and are taken up again. */
function isLeave(error: unknown): boolean {
  return error instanceof Leave || isStoreFailure(error) || isLeaseLost(error);
}
