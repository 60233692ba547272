import { redact } from '../agents/redact.ts';
import type { Project } from '../domain/project/project.ts';
import type { Run } from '../domain/run/run.ts';
import type { Failure } from '../shared/result.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { announceRun } from '../store/announce-run.ts';
import { getRun } from '../store/run-store.ts';
import type { LoopParts, Work } from './loop-parts.ts';
import type { RunPlace } from './ports.ts';
import { runProjectCommand, runTests } from './run-tests.ts';
import { leaveFailed, need } from './settle.ts';
import { startPointOf, type StartPoint } from './start-point.ts';
import { testCommandOf } from './step-at.ts';
import { exitWords, minutes } from './words.ts';

/**
 * Before the first step: the worktree, the set-up command, and the tests as they are before anything was touched. Asked again
 * after an interruption it finds the same worktree, and repeats what was not finished.
 */
export async function prepareRun(parts: LoopParts, work: Work, project: Project): Promise<RunPlace> {
  const { store, workspace } = parts;
  const { runId } = work;
  const run = store.read((read) => getRun(read, runId));
  const start = store.read((read) => startPointOf(read, run));
  if (start === null && run.fromStep) return leaveFailed(parts, work, gone(run.fromStep));
  const place = await need(
    parts,
    work,
    await workspace.create({
      ...(start ? { base: start.baseCommit } : {}),
      id: runId,
      number: run.number,
      name: run.name,
      projectPath: project.localPath,
      defaultBranch: project.defaultBranch,
    }),
  );
  if (run.worktree === null) noteWorktree(parts, run, { place, project, start });
  // Cut off before it was written down it is done again: nobody has worked there yet.
  if (start && run.step === 0 && run.headCommit !== start.commit) await goOnFrom(parts, work, place, start);
  if (run.testBefore !== null || run.step > 0) return place;
  const at = { current: run, project, place, stage: null };
  await setUp(parts, work, at);
  if (start) {
    // How the tests were before anything was touched is known: here they would tell of what is touched already.
    const { testBefore } = start.earlier;
    if (testBefore)
      store.write((write) => {
        noteRunFacts(write, runId, { testBefore });
        announceRun(write, runId);
      });
    return place;
  }
  const command = testCommandOf(run, project);
  if (command !== '') {
    const { evidence: testBefore } = await runTests(parts, work, { ...at, command, step: 0, when: 'before' });
    store.write((write) => {
      noteRunFacts(write, runId, { testBefore });
      announceRun(write, runId);
    });
  }
  return place;
}

/** Puts the work of a checkpoint into a fresh worktree, and writes down what it changed since the base. */
async function goOnFrom(
  parts: LoopParts,
  work: Work,
  place: RunPlace,
  { baseCommit, commit, step }: StartPoint,
): Promise<void> {
  const changed = await parts.workspace.stat(place, baseCommit, commit);
  if (!changed.ok) return leaveFailed(parts, work, gone(step));
  await need(parts, work, await parts.workspace.advance(place, commit));
  parts.store.write((write) => {
    noteRunFacts(write, work.runId, {
      headCommit: commit,
      filesChanged: changed.value.length,
      additions: changed.value.reduce((sum, file) => sum + file.additions, 0),
      deletions: changed.value.reduce((sum, file) => sum + file.deletions, 0),
    });
    announceRun(write, work.runId);
  });
}

function gone(step: number): Failure {
  return {
    tag: 'checkpoint_gone',
    message: `The checkpoint after step ${String(step)} of the attempt before is not there any more.`,
    hint: 'Retry from the start.',
  };
}

function noteWorktree(
  { store }: LoopParts,
  run: Run,
  made: {
    readonly place: RunPlace;
    readonly project: Project;
    readonly start: StartPoint | null;
  },
): void {
  const { place, project, start } = made;
  const { worktree, branch, baseCommit } = place;
  store.write((write) => {
    noteRunFacts(write, run.id, {
      worktree,
      branch,
      baseCommit,
      headCommit: baseCommit,
      hasTests: testCommandOf(run, project) !== '',
    });
    appendRunEvents(write, run.id, [
      {
        type: 'worktree_created',
        payload: {
          path: worktree,
          branch,
          baseCommit,
          ...(start ? { fromRun: start.earlier.number, fromStep: start.step, commit: start.commit } : {}),
        },
      },
    ]);
  });
}

/**
 * Runs the project's set-up command in a fresh worktree; nothing when it has none. It has the time limit of the project's commands, and
 * spends nothing of the run's budget.
 */
export async function setUp(
  parts: LoopParts,
  work: Work,
  at: { current: Run; project: Project; place: RunPlace },
): Promise<void> {
  const command = at.project.setupCommand;
  if (command === '') return;
  const shown = redact(command);
  const { runId } = work;
  const mark = work.stage === '' ? {} : { stage: work.stage };
  parts.store.write((write) =>
    appendRunEvents(write, runId, [{ type: 'setup_started', payload: { ...mark, command: shown } }]),
  );
  const { exitCode, timedOut, durationMs, output } = await runProjectCommand(parts, work, { ...at, command });
  parts.store.write((write) =>
    appendRunEvents(write, runId, [
      {
        type: 'setup_ended',
        payload: { ...mark, command: shown, exitCode, durationMs: Math.round(durationMs), output },
      },
    ]),
  );
  if (exitCode !== 0)
    await leaveFailed(parts, work, {
      tag: 'setup_failed',
      message: timedOut
        ? `The setup command (${shown}) did not end within ${minutes(at.project.testTimeoutMs)}.`
        : `The setup command (${shown}) ended with ${exitWords(exitCode)}.`,
      hint: timedOut
        ? 'Make it quicker, or give the commands of the project more time (homer project update --test-timeout), then retry.'
        : 'Mend the setup command in the project, then retry.',
    });
}
