import type { Project } from '../domain/project/project.ts';
import type { TestCheck, TestCheckState } from '../domain/project/test-check.ts';
import type { TestEvidence } from '../domain/run/run.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';

/** Told when a command of a check begins; `read` gives what it printed so far. */
export type WatchCommand = (stage: 'setup' | 'test', command: string, read: () => string) => void;

/**
 * Checks of projects' set-up and test commands: in a worktree that is thrown away, at most one for each project. They live in memory,
 * as long as the host: what a check found is shown until the next one, and kept nowhere.
 */
export interface TestChecks {
  start(project: Project): Result<TestCheck>;
  /** The newest; null when there was none. */
  find(projectId: string): TestCheck | null;
  /** Ends the one under way, with all it started; resolves when nothing of it is left. */
  stop(projectId: string): Promise<TestCheck | null>;
}

interface Kept {
  readonly id: string;
  readonly startedAt: string;
  readonly began: number;
  readonly abort: AbortController;
  state: TestCheckState;
  command: string;
  read: () => string;
  readSetup: (() => string) | null;
  exitCode: number | null;
  problem: string | null;
  durationMs: number | null;
  over: Promise<void>;
}

export function createTestChecks(options: {
  readonly test: (
    project: Project,
    signal: AbortSignal,
    watch: WatchCommand,
  ) => Promise<Result<TestEvidence>>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly scope: Scope;
}): TestChecks {
  const { test, clock, ids, log, scope } = options;
  const checks = new Map<string, Kept>();
  scope.add('checks of commands', async () => {
    for (const { abort } of checks.values()) abort.abort();
    await Promise.all([...checks.values()].map(({ over }) => over));
  });
  const shown = (projectId: string, kept: Kept): TestCheck => ({
    id: kept.id,
    projectId,
    state: kept.state,
    command: kept.command,
    output: kept.read(),
    setupOutput: kept.readSetup?.() ?? null,
    exitCode: kept.exitCode,
    problem: kept.problem,
    startedAt: kept.startedAt,
    durationMs: kept.durationMs ?? Math.round(clock.monotonic() - kept.began),
  });
  const find = (projectId: string): TestCheck | null => {
    const kept = checks.get(projectId);
    return kept ? shown(projectId, kept) : null;
  };

  async function work(project: Project, kept: Kept): Promise<void> {
    const end = (state: TestCheckState, problem: string | null): void => {
      kept.state = state;
      kept.problem = problem;
      kept.durationMs = Math.round(clock.monotonic() - kept.began);
    };
    try {
      const tested = await test(project, kept.abort.signal, (stage, command, read) => {
        if (stage === 'test' && kept.state === 'setup') kept.readSetup = kept.read;
        kept.state = stage === 'setup' ? 'setup' : 'testing';
        kept.command = command;
        kept.read = read;
      });
      if (kept.abort.signal.aborted) end('stopped', null);
      else if (!tested.ok) end('broken', tested.error.message);
      else {
        const { exitCode, note, output } = tested.value;
        kept.exitCode = exitCode;
        kept.read = () => output;
        end(exitCode === 0 ? 'passed' : note === null ? 'failed' : 'timed_out', note);
      }
    } catch (error) {
      log.error('a check of the test command broke off', { error: messageOf(error) });
      end('broken', messageOf(error));
    }
  }

  return {
    find,
    start(project) {
      const before = checks.get(project.id);
      if (before?.durationMs === null)
        return fail('check_running', `The commands of ${project.name} are being checked already.`, {
          hint: 'Wait for it, or stop it.',
        });
      const kept: Kept = {
        id: ids.next(),
        startedAt: clock.iso(),
        began: clock.monotonic(),
        abort: new AbortController(),
        state: 'preparing',
        command: project.testCommand,
        read: () => '',
        readSetup: null,
        exitCode: null,
        problem: null,
        durationMs: null,
        over: Promise.resolve(),
      };
      checks.set(project.id, kept);
      kept.over = work(project, kept);
      return ok(shown(project.id, kept));
    },
    async stop(projectId) {
      const kept = checks.get(projectId);
      if (!kept) return null;
      if (kept.durationMs === null) kept.abort.abort();
      await kept.over;
      return shown(projectId, kept);
    },
  };
}
