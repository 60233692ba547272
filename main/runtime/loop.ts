import { createHash } from 'node:crypto';
import type { Runner, Turn, TurnEnding } from '../agents/runner.ts';
import { budgetSpent } from '../domain/run/budget.ts';
import { readStages, type Stage } from '../domain/run/stages.ts';
import type { Project } from '../domain/project/project.ts';
import type { Run, TestEvidence } from '../domain/run/run.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { fail, FailureError, messageOf, ok, type Failure, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { endRun } from '../store/end-run.ts';
import { getProject } from '../store/project-store.ts';
import { getProposal } from '../store/proposal-store.ts';
import {
  deleteChild,
  findChild,
  noteChildOffsets,
  putChild,
  type StoredChild,
} from '../store/run-child-store.ts';
import { listUndelivered, markDelivered } from '../store/run-directive-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { lastCheckpoint, putCheckpoint } from '../store/run-step-store.ts';
import { announceRun, getRun, getRunLoopState, noteRunFacts, transitionRun } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';
import { buildPrompt } from './prompt.ts';
import type { RunCommand, RunPlace, RunWorkspace } from './ports.ts';

/**
 * The loop of one run, from claimed to an end or a wait. Each step: prompt, agent turn, policy, tests, checkpoint, next state;
 * what a step learned is committed in one transaction with its checkpoint. The owner's wishes (`requested`) are honoured at the
 * safe point between steps, or at once by `interrupt`. When the host closes, the child is let go of and adopted at the next start.
 */
export interface Loop {
  /** Works on a claimed run until it ends, waits, or the host closes. Never throws. */
  execute(runId: string): Promise<void>;
  /** Ends the child of a run now, so that the loop reaches its safe point. Resolves when the run has left the loop. */
  interrupt(runId: string): Promise<void>;
  /** Runs in hand now, with the process of each. */
  active(): { runId: string; pid: number | null }[];
}

export interface LoopOptions {
  readonly store: Store;
  readonly runner: Runner;
  readonly workspace: RunWorkspace;
  readonly runCommand: RunCommand;
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: Scope;
  readonly autoApply: (runId: string) => Promise<void>;
}

interface Work {
  turn: Turn | null;
  readonly abort: AbortController;
  /** Resolves when the host lets go of the child; its ending is then never told to this host. */
  readonly letGo: Promise<null>;
  release: () => void;
  finished: Promise<void>;
}

/** Thrown inside one step to leave the loop with the run's state already settled. */
class Leave extends Error {}

export function createLoop(options: LoopOptions): Loop {
  const { store, runner, workspace, runCommand, clock, log, scope } = options;
  const working = new Map<string, Work>();

  scope.add('loop', async () => {
    for (const work of working.values()) {
      work.turn?.detach();
      work.release();
      work.abort.abort();
    }
    await Promise.all([...working.values()].map((work) => work.finished));
  });

  return {
    execute(runId) {
      let release = (): void => undefined;
      const letGo = new Promise<null>((resolve) => {
        release = () => {
          resolve(null);
        };
      });
      const work: Work = {
        turn: null,
        abort: new AbortController(),
        letGo,
        release,
        finished: Promise.resolve(),
      };
      working.set(runId, work);
      work.finished = run(runId, work)
        .catch((error: unknown) => {
          if (error instanceof Leave || scope.closed) return;
          log.error('a run ended by a fault inside the loop', {
            runId,
            error: messageOf(error),
            stack: error instanceof Error ? error.stack : '',
          });
          settleFault(runId, error);
        })
        .finally(() => {
          working.delete(runId);
        });
      return work.finished;
    },
    async interrupt(runId) {
      const work = working.get(runId);
      if (!work) return;
      await work.turn?.end('cancelled');
      work.abort.abort();
      await work.finished;
    },
    active: () =>
      [...working].map(([runId, work]) => ({ runId, pid: work.turn?.record.identity.pid ?? null })),
  };

  async function run(runId: string, work: Work): Promise<void> {
    const project = store.read((read) =>
      getProject(
        read,
        read.prepare('SELECT project_id FROM run WHERE id = ?').get(runId)?.['project_id'] as string,
      ),
    );
    safePoint(runId);
    const place = await prepare(runId, project, work);
    for (;;) {
      safePoint(runId);
      const outcome = await takeStep(runId, project, place, work);
      if (outcome === 'left') return;
    }
  }

  /** Worktree, set-up and the tests as they were before anything was touched. */
  async function prepare(runId: string, project: Project, work: Work): Promise<RunPlace> {
    const before = store.read((read) => getRun(read, runId));
    const place = need(
      runId,
      await workspace.create({
        id: runId,
        number: before.number,
        name: before.name,
        projectPath: project.localPath,
        defaultBranch: project.defaultBranch,
      }),
    );
    const fresh = before.worktree === null;
    if (fresh)
      store.write((write) => {
        noteRunFacts(write, runId, {
          worktree: place.worktree,
          branch: place.branch,
          baseCommit: place.baseCommit,
          headCommit: place.baseCommit,
          hasTests: testCommandOf(before, project) !== '',
        });
        appendRunEvents(write, runId, [
          {
            type: 'worktree_created',
            payload: { path: place.worktree, branch: place.branch, baseCommit: place.baseCommit },
          },
        ]);
      });
    if (before.testBefore !== null || before.step > 0) return place;
    if (project.setupCommand !== '') {
      store.write((write) =>
        appendRunEvents(write, runId, [
          { type: 'setup_started', payload: { command: project.setupCommand } },
        ]),
      );
      const outcome = need(
        runId,
        await runCommand(commandRequest(before, place, project.setupCommand, project.testTimeoutMs, work)),
      );
      leaveIfAborted(runId, work);
      store.write((write) =>
        appendRunEvents(write, runId, [
          {
            type: 'setup_ended',
            payload: {
              command: project.setupCommand,
              exitCode: outcome.exitCode,
              durationMs: Math.round(outcome.durationMs),
              output: outcome.output,
            },
          },
        ]),
      );
      if (outcome.exitCode !== 0)
        leaveFailed(runId, {
          tag: 'setup_failed',
          message: `The setup command ended with ${exitWords(outcome.exitCode)}: ${project.setupCommand}`,
          hint: 'Mend the setup command in the project, then retry.',
        });
    }
    const command = testCommandOf(before, project);
    if (command !== '') {
      const evidence = await test(before, place, project, command, 0, 'before', work);
      store.write((write) => {
        noteRunFacts(write, runId, { testBefore: evidence });
        announceRun(write, runId);
      });
    }
    return place;
  }

  async function takeStep(
    runId: string,
    project: Project,
    place: RunPlace,
    work: Work,
  ): Promise<'next' | 'left'> {
    const current = store.read((read) => getRun(read, runId));
    const { stepBase } = store.read((read) => getRunLoopState(read, runId));
    const checkpoint = store.read((read) => lastCheckpoint(read, runId));
    const budget = current.execution.budget;
    const step = Math.max(checkpoint?.step ?? 0, stepBase) + 1;
    const taken = step - 1 - stepBase;
    const stages = stagesOf(current);
    const most = stages ? stages.length : current.runType === 'task' ? 1 : budget.steps;
    const spent = budgetSpent(
      { ...budget, steps: Math.min(most, budget.steps) },
      {
        steps: taken,
        durationMs: current.activeMs,
        tokens: current.tokensIn + current.tokensOut,
        costMicroUsd: current.costMicroUsd,
      },
    );
    if (spent) {
      endSpent(runId, spent.figure, spent.limit, spent.used, checkpoint?.test ?? null);
      return 'left';
    }
    const stage = stages?.[taken] ?? null;
    const left = store.read((read) => findChild(read, runId));
    const started = clock.monotonic();

    // A turn that a former host started, or that ended while no host was there, is taken up and never started again.
    const resumed = left?.step === step && left.attempt === current.attempt ? left : null;
    if (current.execution.dryRun) return dryRun(current, project, step, stage);
    const mark = resumed
      ? resumed.marker
      : need(runId, await workspace.mark(place, current.headCommit ?? place.baseCommit));
    const prompt = promptFor(current, project, step, taken + 1, stage, checkpoint?.test ?? null);
    const digest = resumed?.promptDigest ?? createHash('sha256').update(prompt.text).digest('hex');
    const turn = resumed
      ? await adoptTurn(current, resumed)
      : await startTurn(current, place, project, step, stage, prompt, digest, mark);
    if (!turn.ok) {
      if (turn.error.tag === 'child_gone') {
        await sweep(runId);
        if (resumed) await judgeInterrupted(runId, place, project, resumed.marker);
        store.write((write) => {
          deleteChild(write, runId);
          appendRunEvents(write, runId, [
            {
              type: 'recovered',
              payload: {
                how: 'requeued',
                note: 'The process was gone without a result; the step is taken again.',
              },
            },
          ]);
        });
        return 'next';
      }
      leaveFailed(runId, turn.error);
    }
    work.turn = turn.value;
    const ending = await Promise.race([turn.value.ended, work.letGo]);
    work.turn = null;
    if (ending === null || scope.closed) throw new Leave();
    const activeMs = resumed ? ending.durationMs : clock.monotonic() - started;
    store.write((write) => {
      appendRunEvents(write, runId, [
        {
          type: 'child_ended',
          payload: {
            step,
            exitCode: ending.exitCode,
            signal: ending.signal,
            durationMs: Math.round(ending.durationMs),
            classified: ending.class,
          },
        },
      ]);
      noteRunFacts(write, runId, {
        addActiveMs: activeMs,
        addTokensIn: ending.tokensIn,
        addTokensOut: ending.tokensOut,
        addTokensCached: ending.tokensCached,
        addCostMicroUsd: ending.costMicroUsd,
        sessionId: ending.sessionId,
      });
      if (ending.class === 'cancelled') deleteChild(write, runId);
    });
    if (ending.class === 'cancelled') {
      await judgeInterrupted(runId, place, project, mark);
      safePoint(runId, true);
      leaveFailed(runId, {
        tag: 'agent_cancelled',
        message: 'The agent was ended by something outside Homer.',
        hint: 'Retry the run.',
      });
    }
    store.write((write) => transitionRun(write, runId, 'end_turn', 'runtime'));
    return validate({
      runId,
      project,
      place,
      step,
      stage,
      most: stages ? most : null,
      mark,
      digest,
      ending,
      work,
    });
  }

  async function validate(at: {
    runId: string;
    project: Project;
    place: RunPlace;
    step: number;
    stage: Stage | null;
    most: number | null;
    mark: StoredChild['marker'];
    digest: string;
    ending: TurnEnding;
    work: Work;
  }): Promise<'next' | 'left'> {
    const { runId, project, place, step, ending, work } = at;
    const current = store.read((read) => getRun(read, runId));
    const { stepBase } = store.read((read) => getRunLoopState(read, runId));
    const verdict = need(runId, await workspace.judge(place, at.mark, project.pathPolicy));
    const policyOk = verdict.ok;
    const changedPaths = verdict.paths.map((entry) => entry.path).slice(0, 2_000);
    const violations = [...verdict.violations];
    store.write((write) =>
      appendRunEvents(write, runId, [
        {
          type: 'policy_checked',
          payload: {
            step,
            ok: policyOk,
            changedPaths,
            violations,
          },
        },
      ]),
    );
    const base = {
      runId,
      step,
      attempt: current.attempt,
      changedPaths,
      policyViolations: violations,
      sessionId: ending.sessionId,
    };
    if (!policyOk) {
      const first = verdict.violations[0];
      store.write((write) => {
        putCheckpoint(
          write,
          { ...base, result: 'policy_violation', policyOk: false, test: null, commit: null },
          at.digest,
        );
        deleteChild(write, runId);
        endStep(write, runId, step, 'policy violation', ending.durationMs);
        endRun(write, runId, 'fail', 'runtime', {
          changes: {
            errorTag: 'policy_violation',
            error: `The step changed ${first?.path ?? 'a path'}, which the path policy forbids (${first?.rule ?? ''})${
              verdict.violations.length > 1 ? ` and ${String(verdict.violations.length - 1)} more` : ''
            }. Nothing of it is applied.`,
          },
        });
      });
      await dispose(runId, place, current.headCommit);
      return 'left';
    }

    const previous = current.headCommit ?? place.baseCommit;
    const commit = need(
      runId,
      await workspace.checkpoint(place, {
        parent: previous,
        message: `Step ${String(step)} of run ${String(current.number)}: ${current.name}`,
        verdict,
      }),
    );
    const changed = commit === previous ? [] : need(runId, await workspace.stat(place, previous, commit));
    const total = need(runId, await workspace.stat(place, place.baseCommit, commit));
    const command = testCommandOf(current, project);
    const evidence =
      command === '' ? null : await test(current, place, project, command, step, 'after', work);

    store.write((write) => {
      putCheckpoint(
        write,
        { ...base, result: resultOf(ending, evidence), policyOk: true, test: evidence, commit },
        at.digest,
      );
      deleteChild(write, runId);
      noteRunFacts(write, runId, {
        headCommit: commit,
        filesChanged: total.length,
        additions: total.reduce((sum, file) => sum + file.additions, 0),
        deletions: total.reduce((sum, file) => sum + file.deletions, 0),
        ...(evidence ? { testAfter: evidence, addActiveMs: evidence.durationMs } : {}),
      });
      appendRunEvents(
        write,
        runId,
        changed.slice(0, 500).map((file) => ({ type: 'file_change' as const, payload: { step, ...file } })),
      );
      appendRunEvents(write, runId, [{ type: 'checkpoint', payload: { step, commit } }]);
      endStep(write, runId, step, resultOf(ending, evidence), ending.durationMs);
    });

    const passed = evidence === null || evidence.exitCode === 0;
    const after = store.read((read) => getRun(read, runId));
    if (ending.class === 'timed_out') {
      endSpent(runId, 'durationMs', current.execution.budget.durationMs, after.activeMs, evidence);
      return 'left';
    }
    if (ending.class !== 'ok') leaveFailed(runId, failureOf(ending));
    if (ending.taskState === 'blocked') {
      store.write((write) =>
        transitionRun(write, runId, 'block', 'agent', {
          changes: { question: ending.message || 'The agent needs an answer.' },
        }),
      );
      return 'left';
    }
    const lastStage = at.most === null || step - stepBase >= at.most;
    if (ending.taskState !== 'continue' && passed && lastStage) {
      await finish(runId, place, commit, total.length > 0);
      return 'left';
    }
    if (at.most !== null && lastStage)
      leaveFailed(runId, {
        tag: passed ? 'stages_unfinished' : 'tests_failed',
        message: passed
          ? 'The last stage asked for another step, but there is none.'
          : `The tests fail after the last stage (${exitWords(evidence?.exitCode ?? null)}).`,
        hint: 'Look at the output of the last stage, then retry.',
      });
    if (at.most === null && !passed && ending.taskState !== 'continue' && stalled(runId, step, stepBase))
      leaveFailed(runId, {
        tag: 'no_progress',
        message:
          'Two steps in a row changed nothing while the tests still fail, so the rest of the budget was not spent.',
        hint: 'Send a directive or change the plan, then retry.',
      });
    store.write((write) => transitionRun(write, runId, 'next_step', 'runtime'));
    return 'next';
  }

  /** What an interrupted turn left behind is judged before anything goes on from it. */
  async function judgeInterrupted(
    runId: string,
    place: RunPlace,
    project: Project,
    mark: StoredChild['marker'],
  ): Promise<void> {
    const verdict = need(runId, await workspace.judge(place, mark, project.pathPolicy));
    const first = verdict.violations[0];
    if (first)
      leaveFailed(runId, {
        tag: 'policy_violation',
        message: `The interrupted step changed ${first.path}, which the path policy forbids (${first.rule}).`,
      });
  }

  async function finish(runId: string, place: RunPlace, head: string, hasChanges: boolean): Promise<void> {
    if (!hasChanges) {
      store.write((write) => {
        endRun(write, runId, 'complete', 'runtime');
      });
      await dispose(runId, place, head);
      return;
    }
    store.write((write) => transitionRun(write, runId, 'offer_review', 'runtime'));
    await options.autoApply(runId);
  }

  function dryRun(current: Run, project: Project, step: number, stage: Stage | null): 'left' {
    const prompt = promptFor(current, project, step, 1, stage, null);
    store.write((write) => {
      noteRunFacts(write, current.id, { step });
      appendRunEvents(write, current.id, [
        { type: 'step_started', payload: { step, of: current.execution.budget.steps, title: 'Dry run' } },
        {
          type: 'message',
          payload: {
            step,
            text: `Dry run: the agent was not started. It would have been told:\n\n${prompt.text}`,
          },
        },
      ]);
      endStep(write, current.id, step, 'dry run', 0);
      transitionRun(write, current.id, 'end_turn', 'runtime');
      endRun(write, current.id, 'complete', 'runtime', { reason: 'dry run' });
    });
    void disposeById(current.id);
    return 'left';
  }

  function promptFor(
    current: Run,
    project: Project,
    step: number,
    ordinal: number,
    stage: Stage | null,
    lastTest: TestEvidence | null,
  ): { text: string; directiveIds: string[] } {
    const directives = store.read((read) => listUndelivered(read, current.id));
    const planSteps =
      current.proposalId === null
        ? []
        : (store.read((read) => getProposal(read, current.proposalId ?? '')).plan?.steps ?? []);
    const failing =
      lastTest !== null && lastTest.exitCode !== 0
        ? lastTest
        : step === 1 && current.testBefore?.exitCode !== 0
          ? current.testBefore
          : null;
    return {
      text: buildPrompt({
        run: current,
        step: ordinal,
        budget: current.execution.budget,
        activeMs: current.activeMs,
        policy: project.pathPolicy,
        testCommand: testCommandOf(current, project),
        planSteps,
        stageTitle: stage ? `${stage.role ? `As ${stage.role}: ` : ''}${stage.title ?? stage.id}` : null,
        priorFailure: failing
          ? `\`${failing.command}\` ended with ${exitWords(failing.exitCode)}${failing.note ? ` (${failing.note})` : ''}:\n\n${failing.output.slice(-8_000)}`
          : null,
        directives,
        resumed: current.recoveries > 0,
      }),
      directiveIds: directives.map((directive) => directive.id),
    };
  }

  async function startTurn(
    current: Run,
    place: RunPlace,
    project: Project,
    step: number,
    stage: Stage | null,
    prompt: { text: string; directiveIds: string[] },
    digest: string,
    mark: StoredChild['marker'],
  ): Promise<Result<Turn>> {
    const budget = current.execution.budget;
    const shellCommand = stage?.command ?? current.execution.shellCommand ?? project.shellCommand;
    if (current.executor === 'shell' && shellCommand === '')
      return fail('no_shell_command', 'The shell executor has no command to run.', {
        hint: 'Give the run a command, or set one in the project.',
      });
    store.write((write) => {
      noteRunFacts(write, current.id, { step });
      appendRunEvents(write, current.id, [
        {
          type: 'step_started',
          payload: { step, of: budget.steps, title: stage?.title ?? stage?.id ?? stepTitle(current, step) },
        },
      ]);
      markDelivered(write, prompt.directiveIds, step);
      announceRun(write, current.id);
    });
    return runner.start(
      {
        runId: current.id,
        step,
        attempt: current.attempt,
        runKey: `${current.intentId}:${String(current.attempt)}`,
        executor: current.executor,
        shellCommand: current.executor === 'shell' ? shellCommand : null,
        model: null,
        worktree: place.worktree,
        projectPath: place.projectPath,
        baseCommit: place.baseCommit,
        prompt: prompt.text,
        sessionId: current.sessionId,
        policy: project.pathPolicy,
        budget,
        timeLimitMs: Math.max(1_000, budget.durationMs - current.activeMs),
        verbose: current.execution.verbose,
      },
      {
        recordChild(record) {
          store.write((write) => {
            putChild(write, {
              runId: current.id,
              step,
              attempt: current.attempt,
              pid: record.identity.pid,
              group: record.identity.group,
              startTime: record.identity.startTime,
              bootId: record.identity.bootId,
              spool: record.spool,
              executor: record.executor,
              deadline: record.deadline,
              marker: mark,
              promptDigest: digest,
            });
            appendRunEvents(write, current.id, [
              {
                type: 'child_started',
                payload: { step, pid: record.identity.pid, program: shellCommand || current.executor },
              },
            ]);
          });
        },
        events: (events, offsets) => {
          ingest(current.id, events, offsets);
        },
      },
    );
  }

  async function adoptTurn(current: Run, child: StoredChild): Promise<Result<Turn>> {
    const adopted = await runner.adopt(
      recordOf(child),
      { stdout: child.stdoutOffset, stderr: child.stderrOffset },
      {
        recordChild: () => undefined,
        events: (events, offsets) => {
          ingest(current.id, events, offsets);
        },
      },
    );
    if (adopted.ok)
      store.write((write) =>
        appendRunEvents(write, current.id, [
          {
            type: 'recovered',
            payload: { how: 'adopted', note: 'Homer was restarted; the agent was taken up where it was.' },
          },
        ]),
      );
    return adopted;
  }

  function ingest(
    runId: string,
    events: Parameters<typeof appendRunEvents>[2],
    offsets: { stdout: number; stderr: number },
  ): void {
    store.write((write) => {
      if (events.length > 0) appendRunEvents(write, runId, events);
      noteChildOffsets(write, runId, offsets.stdout, offsets.stderr);
    });
  }

  async function sweep(runId: string): Promise<void> {
    const child = store.read((read) => findChild(read, runId));
    if (!child) return;
    const ended = await runner.sweep(recordOf(child));
    if (ended > 0) log.warn('stragglers of a run were ended', { runId, ended });
  }

  async function test(
    current: Run,
    place: RunPlace,
    project: Project,
    command: string,
    step: number,
    when: 'before' | 'after',
    work: Work,
  ): Promise<TestEvidence> {
    store.write((write) =>
      appendRunEvents(write, current.id, [{ type: 'test_started', payload: { step, command, when } }]),
    );
    const outcome = need(
      current.id,
      await runCommand(commandRequest(current, place, command, project.testTimeoutMs, work)),
    );
    leaveIfAborted(current.id, work);
    const evidence: TestEvidence = {
      command,
      exitCode: outcome.exitCode,
      durationMs: Math.round(outcome.durationMs),
      note: outcome.timedOut
        ? `ended by its time limit of ${String(Math.round(project.testTimeoutMs / 1_000))} s`
        : null,
      output: outcome.output,
    };
    store.write((write) =>
      appendRunEvents(write, current.id, [{ type: 'test_ended', payload: { step, when, ...evidence } }]),
    );
    return evidence;
  }

  function commandRequest(
    current: Run,
    place: RunPlace,
    command: string,
    timeoutMs: number,
    work: Work,
  ): Parameters<RunCommand>[0] {
    return {
      command,
      cwd: place.worktree,
      timeoutMs,
      env: {
        HOMER_RUN_ID: current.id,
        HOMER_TAG: `${current.id}:${String(current.attempt)}:command`,
        HOMER_PROJECT_PATH: place.projectPath,
      },
      signal: work.abort.signal,
    };
  }

  /** Whether this step and the one before changed nothing while the tests failed. */
  function stalled(runId: string, step: number, stepBase: number): boolean {
    if (step - stepBase < 2) return false;
    const rows = store.read((read) =>
      read
        .prepare('SELECT changed_paths, test FROM run_step WHERE run_id = ? AND step IN (?, ?)')
        .all(runId, step, step - 1),
    );
    return rows.length === 2 && rows.every((row) => row['changed_paths'] === '[]');
  }

  function endSpent(
    runId: string,
    figure: string,
    limit: number,
    used: number,
    test: TestEvidence | null,
  ): void {
    const words: Record<string, string> = {
      steps: `all ${String(limit)} steps are taken`,
      durationMs: `${minutes(used)} of ${minutes(limit)} are used`,
      tokens: `${String(used)} of ${String(limit)} tokens are used`,
      costMicroUsd: `$${(used / 1e6).toFixed(2)} of $${(limit / 1e6).toFixed(2)} is spent`,
    };
    store.write((write) => {
      deleteChild(write, runId);
      endRun(write, runId, 'time_out', 'runtime', {
        changes: {
          errorTag: `budget_${figure === 'durationMs' ? 'time' : figure === 'costMicroUsd' ? 'cost' : figure}`,
          error: `The budget is spent: ${words[figure] ?? figure}${test && test.exitCode !== 0 ? `, and the tests still fail (${exitWords(test.exitCode)})` : ''}.`,
        },
      });
    });
    void disposeById(runId);
  }

  /** Pause and stop, where they may happen. `interrupted`: the child was just ended for it. */
  function safePoint(runId: string, interrupted = false): void {
    if (scope.closed) throw new Leave();
    const { requested } = store.read((read) => getRunLoopState(read, runId));
    if (requested === 'stop') {
      store.write((write) => {
        deleteChild(write, runId);
        endRun(write, runId, 'stop', 'owner');
      });
      void disposeById(runId);
      throw new Leave();
    }
    if (requested !== '') {
      store.write((write) =>
        transitionRun(write, runId, 'pause', 'owner', {
          reason: interrupted ? 'at once; the step is taken again' : 'at a safe point',
        }),
      );
      throw new Leave();
    }
  }

  function leaveIfAborted(runId: string, work: Work): void {
    if (!work.abort.signal.aborted) return;
    safePoint(runId, true);
    throw new Leave();
  }

  function leaveFailed(runId: string, failure: Failure): never {
    store.write((write) => {
      deleteChild(write, runId);
      endRun(write, runId, 'fail', 'runtime', {
        changes: {
          errorTag: failure.tag,
          error: failure.hint ? `${failure.message} ${failure.hint}` : failure.message,
        },
      });
    });
    void disposeById(runId);
    throw new Leave();
  }

  function need<T>(runId: string, result: Result<T>): T {
    if (result.ok) return result.value;
    if (scope.closed) throw new Leave();
    const { requested } = store.read((read) => getRunLoopState(read, runId));
    if (requested !== '') safePoint(runId, true);
    return leaveFailed(runId, result.error);
  }

  function settleFault(runId: string, error: unknown): void {
    const failure: Failure =
      error instanceof FailureError
        ? error.failure
        : { tag: 'internal', message: `A fault inside Homer: ${messageOf(error)}` };
    const settled = store.tryWrite((write) => {
      endRun(write, runId, 'fail', 'runtime', { changes: { errorTag: failure.tag, error: failure.message } });
    });
    if (!settled.ok)
      log.error('a faulty run could not be marked as failed', { runId, error: settled.error.message });
  }

  async function disposeById(runId: string): Promise<void> {
    const current = store.read((read) => getRun(read, runId));
    const project = store.read((read) => getProject(read, current.projectId));
    if (current.worktree === null) return;
    const removed = await workspace.remove({
      projectPath: project.localPath,
      runId,
      head: current.headCommit,
    });
    if (!removed.ok) log.warn('a worktree could not be removed', { runId, error: removed.error.message });
  }

  async function dispose(runId: string, place: RunPlace, head: string | null): Promise<void> {
    const removed = await workspace.remove({ projectPath: place.projectPath, runId, head });
    if (!removed.ok) log.warn('a worktree could not be removed', { runId, error: removed.error.message });
  }
}

function recordOf(child: StoredChild): Parameters<Runner['adopt']>[0] {
  return {
    runId: child.runId,
    step: child.step,
    attempt: child.attempt,
    identity: { pid: child.pid, group: child.group, startTime: child.startTime, bootId: child.bootId },
    spool: child.spool,
    executor: child.executor,
    deadline: child.deadline,
  };
}

function endStep(
  write: Parameters<typeof appendRunEvents>[0],
  runId: string,
  step: number,
  result: string,
  durationMs: number,
): void {
  appendRunEvents(write, runId, [
    { type: 'step_ended', payload: { step, result, durationMs: Math.round(durationMs) } },
  ]);
}

function stagesOf(run: Run): Stage[] | null {
  if (run.runType !== 'pipeline' && run.runType !== 'workflow') return null;
  const stages = readStages(run.runType, run.execution.metadata);
  if (!stages.ok) throw new FailureError(stages.error);
  return ok(stages.value).ok ? stages.value : null;
}

function testCommandOf(run: Run, project: Project): string {
  return run.execution.testCommand ?? project.testCommand;
}

function stepTitle(run: Run, step: number): string {
  return step === 1 ? run.name : `Step ${String(step)}`;
}

function resultOf(ending: TurnEnding, evidence: TestEvidence | null): string {
  if (ending.class !== 'ok') return ending.class.replaceAll('_', ' ');
  if (evidence && evidence.exitCode !== 0) return 'tests fail';
  return ending.taskState === 'none' ? 'ended' : ending.taskState;
}

function failureOf(ending: TurnEnding): Failure {
  const words: Record<TurnEnding['class'], string> = {
    ok: '',
    rate_limited: 'The account is rate limited.',
    auth: 'The agent is not signed in.',
    refused: 'The agent refused the task.',
    crashed: `The agent ended with ${exitWords(ending.exitCode, ending.signal)}.`,
    cancelled: 'The agent was ended.',
    timed_out: 'The agent ran out of time.',
    lost: 'The agent was gone without a result.',
  };
  return {
    tag: `agent_${ending.class}`,
    message: words[ending.class],
    hint: ending.message.trim().split('\n').at(-1)?.slice(0, 300) ?? '',
  };
}

function exitWords(exitCode: number | null, signal: string | null = null): string {
  if (exitCode !== null) return `exit code ${String(exitCode)}`;
  return signal === null ? 'no exit code' : `signal ${signal}`;
}

function minutes(ms: number): string {
  return ms < 120_000 ? `${String(Math.round(ms / 1_000))} s` : `${String(Math.round(ms / 60_000))} minutes`;
}
