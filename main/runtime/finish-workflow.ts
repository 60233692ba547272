import type { Project } from '../domain/project/project.ts';
import { lastStages, type Stage } from '../domain/run/stages.ts';
import { endRun } from '../store/end-run.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { listStages } from '../store/run-stage-store.ts';
import { putCheckpoint } from '../store/run-step-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { getRunLoopState } from '../store/run-request-store.ts';
import { getRun } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import { whatWasSpent } from './decide-next.ts';
import { joinStages } from './join-stages.ts';
import { finishRun } from './finish-run.ts';
import type { LoopParts, Work } from './loop-parts.ts';
import { policyFailure } from './policy-failure.ts';
import type { RunPlace } from './ports.ts';
import { testStep } from './run-tests.ts';
import { failureChanges, need, spentChanges } from './settle.ts';
import { exitWords } from './words.ts';

/**
 * The end of a workflow: the work of its stages as one commit on the run's branch, all of it held against the policy on disk, and
 * tested in the run's own worktree. Done again from the start when it was cut off: it comes to the same commit. `conflict`: two
 * stages do not fit, and the owner is to be asked.
 */
export async function finishWorkflow(
  parts: LoopParts,
  work: Work,
  at: { project: Project; place: RunPlace; stages: readonly Stage[] },
): Promise<'review' | 'left' | 'conflict'> {
  const { store, workspace } = parts;
  const { runId } = work;
  const { project, place } = at;
  const { run, ends } = store.read((read) => {
    const found = getRun(read, runId);
    const last = new Set(lastStages(at.stages).map(({ id }) => id));
    return {
      run: found,
      ends: listStages(read, runId, found.attempt).filter((row) => last.has(row.stage)),
    };
  });
  const joining = await joinStages(parts, { run, projectPath: place.projectPath, target: '', of: ends });
  const commit = await need(parts, work, joining);
  if (commit === null) return 'conflict';

  // Back to the base first: what an attempt that was cut off had written is then new again, and judged.
  await need(parts, work, await workspace.advance(place, place.baseCommit));
  const mark = await need(parts, work, await workspace.mark(place, place.baseCommit));
  await need(parts, work, await workspace.advance(place, commit));
  const verdict = await need(parts, work, await workspace.judge(place, mark, project.pathPolicy));
  const changedPaths = verdict.paths.map((entry) => entry.path).slice(0, 2_000);
  const violations = [...verdict.violations];
  const notices = verdict.notices.length > 0 ? { notices: [...verdict.notices] } : {};
  const total =
    commit === place.baseCommit
      ? []
      : await need(parts, work, await workspace.stat(place, place.baseCommit, commit));
  const step = run.step + 1;
  store.write((write) => {
    appendRunEvents(write, runId, [
      { type: 'policy_checked', payload: { step, ok: verdict.ok, changedPaths, violations, ...notices } },
    ]);
    noteRunFacts(write, runId, {
      headCommit: commit,
      filesChanged: total.length,
      additions: total.reduce((sum, file) => sum + file.additions, 0),
      deletions: total.reduce((sum, file) => sum + file.deletions, 0),
    });
    if (verdict.ok) transitionRun(write, runId, 'end_turn', 'runtime');
    else endRun(write, runId, 'fail', 'runtime', { changes: failureChanges(policyFailure(violations)) });
  });
  if (!verdict.ok) return 'left';

  const test = await testStep(parts, work, { ...noTurn, current: run, project, place, step, head: commit });
  const { evidence } = test;
  const passed = evidence === null || evidence.exitCode === 0;
  return store.write((write) => {
    putCheckpoint(
      write,
      {
        runId,
        step,
        attempt: run.attempt,
        stage: '',
        result: passed ? 'joined' : 'tests fail',
        changedPaths,
        policyOk: true,
        policyViolations: [],
        test: evidence,
        sessionId: null,
        commit,
      },
      '',
    );
    noteRunFacts(write, runId, {
      step,
      ...(evidence ? { testAfter: evidence, addActiveMs: evidence.durationMs } : {}),
    });
    appendRunEvents(write, runId, [{ type: 'checkpoint', payload: { step, commit } }]);
    if (getRunLoopState(write, runId).requested === 'stop') {
      endRun(write, runId, 'stop', 'owner');
      return 'left';
    }
    if (test.cutOff) {
      endRun(write, runId, 'time_out', 'runtime', {
        changes: spentChanges(whatWasSpent(write, run), evidence),
      });
      return 'left';
    }
    if (!passed) {
      endRun(write, runId, 'fail', 'runtime', {
        changes: failureChanges({
          tag: 'tests_failed',
          message: `The tests fail on the joined work of all stages (${exitWords(evidence.exitCode)}).`,
          hint: 'Look at their output, then retry or change the stages.',
        }),
      });
      return 'left';
    }
    return finishRun(write, runId, total.length > 0 ? 'review' : 'complete');
  });
}

/** The join has no turn of its own. */
const noTurn = { ordinal: 1, stage: null, sessionId: null } as const;
