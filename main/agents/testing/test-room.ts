/* eslint-disable house/no-wall-clock -- tests wait for real processes */
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { createSystemClock } from '../../shared/clock.ts';
import { createSilentLog } from '../../shared/log.ts';
import { createScope, type Scope } from '../../shared/scope.ts';
import { createLocalRunner, type LocalRunnerOptions } from '../process/local-runner.ts';
import { createExecutorRegistry } from '../registry.ts';
import type { ChildRecord, Runner, RunOrder, SpoolOffsets, TurnCallbacks } from '../runner.ts';
import { createShellExecutor } from '../shell/shell-executor.ts';

/** A runner over a temporary folder, with what tests ask of it. */
export interface TestRoom {
  readonly folder: string;
  readonly worktree: string;
  readonly scope: Scope;
  readonly runner: Runner;
  order(shellCommand: string, more?: Partial<RunOrder>): RunOrder;
  dispose(): Promise<void>;
}

export function createTestRoom(options: Partial<LocalRunnerOptions> = {}): TestRoom {
  const folder = mkdtempSync(join(tmpdir(), 'homer agents '));
  const worktree = join(folder, 'work tree');
  mkdirSync(worktree);
  const scope = createScope('test');
  const runner = createRunnerIn(join(folder, 'spool'), scope, options);
  const records: ChildRecord[] = [];
  return {
    folder,
    worktree,
    scope,
    runner: {
      ...runner,
      start: (order, callbacks) =>
        runner.start(order, {
          ...callbacks,
          recordChild(record) {
            records.push(record);
            callbacks.recordChild(record);
          },
        }),
    },
    order: (shellCommand, more = {}) => ({ ...orderIn(worktree, shellCommand), ...more }),
    async dispose() {
      // A child outlives its host by design; one of a failed test must not.
      await Promise.all(records.map((record) => runner.sweep(record)));
      await scope.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function createRunnerIn(
  spoolRoot: string,
  scope: Scope,
  options: Partial<LocalRunnerOptions> = {},
): Runner {
  return createLocalRunner({
    clock: createSystemClock(),
    scope,
    log: createSilentLog(),
    spoolRoot,
    executors: createExecutorRegistry([createShellExecutor()]),
    env: process.env,
    graceMs: 300,
    ...options,
  });
}

export function orderIn(worktree: string, shellCommand: string): RunOrder {
  return {
    runId: `run-${String(process.pid)}-${String(Math.random()).slice(2, 10)}`,
    step: 1,
    attempt: 1,
    runKey: 'key-1',
    executor: 'shell',
    shellCommand,
    testCommand: null,
    model: null,
    worktree,
    projectPath: worktree,
    baseCommit: '0'.repeat(40),
    prompt: 'Fix the sum.\n',
    sessionId: null,
    reported: null,
    riskProfile: 'balanced',
    costLeftMicroUsd: null,
    turnLimit: null,
    account: null,
    mcp: null,
    policy: { allow: [], deny: [] },
    budget: { steps: 8, durationMs: 60_000, tokens: 0, costMicroUsd: 0 },
    timeLimitMs: 60_000,
    verbose: false,
  };
}

/** Callbacks that keep what they get. */
export function createCollector(): TurnCallbacks & {
  readonly records: ChildRecord[];
  readonly collected: NewRunEvent[];
  readonly offsets: () => SpoolOffsets;
  /** Plain output of both streams, as lines. */
  lines(): string[];
} {
  const records: ChildRecord[] = [];
  const collected: NewRunEvent[] = [];
  let last: SpoolOffsets = { stdout: 0, stderr: 0 };
  return {
    records,
    collected,
    offsets: () => last,
    lines: () =>
      collected.flatMap((event) => (event.type === 'output' ? event.payload.text.split('\n') : [])),
    recordChild: (record) => void records.push(record),
    events(events, offsets) {
      collected.push(...events);
      last = offsets;
    },
  };
}

/** Pids, zombies aside, whose command line holds `mark`. */
export function alivePids(mark: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
        if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')) return false;
        return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes(mark);
      } catch {
        // Gone while it was looked at.
        return false;
      }
    });
}

export async function until(what: () => boolean, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!what()) {
    if (performance.now() > end) throw new Error(`still not after ${String(limitMs)} ms: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
