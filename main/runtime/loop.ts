import { FailureError, messageOf, type Failure } from '../shared/result.ts';
import { getProject } from '../store/project-store.ts';
import { endRun } from '../store/end-run.ts';
import { isLeaseLost } from '../store/guard-lease.ts';
import { getAttemptSpent } from '../store/run-attempt-store.ts';
import { getRun } from '../store/run-store.ts';
import { isStoreFailure } from '../store/store-failure.ts';
import { createBudgetWatch } from './budget-watch.ts';
import { dryRun } from './dry-run.ts';
import { allOf, createWork, type LoopParts, type Work } from './loop-parts.ts';
import { prepareRun } from './prepare-run.ts';
import { runWorkflow } from './run-workflow.ts';
import { Leave, safePoint } from './settle.ts';
import { takeStep } from './take-step.ts';

/**
 * The loop of one run, from claimed to an end or a wait.
 *
 * - Each step: prompt, agent turn, policy, commit, tests; then the checkpoint and the next state in one transaction. A step that was
 *   interrupted goes on where its last transaction stands: a turn is never started a second time once its ending is known.
 * - The owner's wishes (`requested`) are honoured at the safe point between steps, or at once by `interrupt`.
 * - When the host closes, the child is let go of and adopted at the next start; commands (set-up, tests) are ended and run again.
 * - When the store cannot be written, the run is let go of as if the host had closed; the tick takes it up again when it can.
 * - Stages of a workflow work side by side, each as a run does, and their run settles what becomes of it (`run-workflow.ts`).
 * - When a run has ended, its worktree is gone before the loop lets go of it.
 */
export interface Loop {
  /** Works on a claimed or adopted run until it ends, waits, or the host closes. Never rejects; a run in hand is not taken twice. */
  execute(runId: string): Promise<void>;
  /** Ends what a run is doing now, so that the loop reaches its safe point. Resolves when the run has left the loop. */
  interrupt(runId: string): Promise<void>;
  /** Lets go of a run that another host has now: its child goes on, and nothing more is written of it here. */
  letGo(runId: string): void;
  /** Runs in hand now, with the process of each. */
  active(): { runId: string; pid: number | null }[];
}

export interface LoopOptions extends LoopParts {
  readonly autoApply: (runId: string) => Promise<void>;
  /** Removes the worktree of a run that has ended; does nothing for others. */
  readonly tidy: (runId: string) => Promise<void>;
}

export function createLoop(options: LoopOptions): Loop {
  const { store, log, scope } = options;
  const working = new Map<string, Work>();

  scope.add('loop', async () => {
    working.forEach(letGo);
    await Promise.all([...working.values()].map((work) => work.finished));
  });

  return {
    execute(runId) {
      const inHand = working.get(runId);
      if (inHand) return inHand.finished;
      const work = createWork(runId);
      working.set(runId, work);
      work.finished = finish(work).finally(() => {
        working.delete(runId);
      });
      return work.finished;
    },
    async interrupt(runId) {
      const work = working.get(runId);
      if (!work) return;
      // First the signal: a turn that is just being started sees it and ends.
      for (const it of allOf(work)) it.abort.abort();
      await endTurns(work);
      await work.finished;
    },
    letGo(runId) {
      const work = working.get(runId);
      if (work) letGo(work);
    },
    active: () =>
      [...working].map(([runId, work]) => ({
        runId,
        pid: allOf(work).find(({ turn }) => turn !== null)?.turn?.record.identity.pid ?? null,
      })),
  };

  function letGo(work: Work): void {
    for (const it of allOf(work)) {
      it.turn?.detach();
      it.release();
      it.abort.abort();
    }
  }

  async function endTurns(work: Work): Promise<void> {
    await Promise.all(allOf(work).flatMap(({ turn }) => (turn === null ? [] : [turn.end('cancelled')])));
  }

  async function finish(work: Work): Promise<void> {
    const { runId } = work;
    try {
      await run(work);
    } catch (error) {
      if (error instanceof Leave) {
        // Its state is settled.
      } else if (scope.closed) {
        log.warn('a run was left while Homer was closing', { runId, error: messageOf(error) });
      } else if (isStoreFailure(error) || isLeaseLost(error)) {
        for (const it of allOf(work)) it.turn?.detach();
        log.error('a run was let go of', { runId, error: error.message });
        return;
      } else await settleFault(work, error);
    }
    try {
      if (!scope.closed) await options.tidy(runId);
    } catch (error) {
      log.error('a worktree could not be removed', { runId, error: messageOf(error) });
    }
  }

  async function run(work: Work): Promise<void> {
    const { runId } = work;
    const { project, current } = store.read((read) => {
      const found = getRun(read, runId);
      return { current: found, project: getProject(read, found.projectId) };
    });
    work.watch = createBudgetWatch({
      clock: options.clock,
      scope,
      budget: current.execution.budget,
      settled: () => store.read((read) => getAttemptSpent(read, runId)),
    });
    await safePoint(options, work);
    const place = await prepareRun(options, work, project);
    if (current.execution.dryRun) {
      await safePoint(options, work);
      dryRun(options, { runId, project, place });
      return;
    }
    if (current.runType === 'workflow') {
      if ((await runWorkflow(options, work, project, place)) === 'review') await options.autoApply(runId);
      return;
    }
    for (;;) {
      await safePoint(options, work);
      const next = await takeStep(options, work, project, place);
      if (next === 'review') await options.autoApply(runId);
      if (next !== 'next') return;
    }
  }

  /** A bug inside the loop: nothing of the run is left alive, and the run says what happened. */
  async function settleFault(work: Work, error: unknown): Promise<void> {
    const { runId } = work;
    log.error('a run ended by a fault inside the loop', {
      runId,
      error: messageOf(error),
      stack: error instanceof Error ? error.stack : '',
    });
    const failure: Failure =
      error instanceof FailureError
        ? error.failure
        : { tag: 'internal', message: `A fault inside Homer: ${messageOf(error)}` };
    try {
      await endTurns(work);
      store.write((write) => {
        endRun(write, runId, 'fail', 'runtime', {
          changes: { errorTag: failure.tag, error: failure.message },
        });
      });
    } catch (second) {
      log.error('a faulty run could not be marked as failed', { runId, error: messageOf(second) });
    }
  }
}
