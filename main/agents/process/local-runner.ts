import { statSync } from 'node:fs';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import type { Executor, TurnContext } from '../executor.ts';
import type { ExecutorRegistry } from '../registry.ts';
import type { ChildRecord, Runner, RunOrder, Turn } from '../runner.ts';
import { childEnvironment, groupTag } from './child-environment.ts';
import { endTree } from './end-tree.ts';
import { launchGated } from './launch-gated.ts';
import { createProcessTable } from './create-process-table.ts';
import { prepareCommand } from './prepare-command.ts';
import { isAlive, type ProcessTable } from './process-table.ts';
import type { QuietLimits } from './quiet-watch.ts';
import {
  createSpool,
  dropPrivate,
  dropSpool,
  isWhole,
  privateFolder,
  promptPath,
  readContext,
  readEnding,
  readStart,
  spooledBytes,
  TURN_SCRIPT,
  turnBytes,
  writeChildFile,
} from './spool.ts';
import { createTurn, type TurnLimits, type TurnSettings } from './turn.ts';

export interface LocalRunnerOptions {
  readonly clock: Clock;
  /** Its end lets go of the turns and leaves their children alone. */
  readonly scope: Scope;
  readonly log: Log;
  /** Folder that holds a folder per run, with one per turn. */
  readonly spoolRoot: string;
  readonly executors: ExecutorRegistry;
  /** The host's environment, from which children get what the allow-list names. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** More names for that list; `FOO_*` stands for all that begin so. */
  readonly allowEnv?: readonly string[];
  /** In place of what each executor says. */
  readonly graceMs?: number;
  /** Asked when a turn starts or is taken up. */
  readonly limits?: () => RunLimits;
  readonly platform?: NodeJS.Platform;
}

/** For ending politely, for programs that need no time of their own: two seconds after a stop nothing is alive, whatever ignores it. */
export const GRACE_MS = 1_200;

/** What is in force for turns that start now. */
export interface RunLimits extends QuietLimits {
  /** Bytes of output of one run that are kept; at twice as much its turn is ended. */
  readonly outputBytes: number;
}

const DEFAULT_LIMITS: RunLimits = {
  outputBytes: 1024 * 1024 * 1024,
  quietMs: 600_000,
  noOutputMs: 1_800_000,
};
/** Plain output of one turn that the timeline keeps whole. */
const THIN_AFTER = 16 * 1024 * 1024;
/** A run that has used up its output may still say how its turn ends. */
const LEAST_OUTPUT = 64 * 1024;

/** Runs turns as children of this machine, each in a process group of its own, writing to a spool that outlives the host. */
export function createLocalRunner(options: LocalRunnerOptions): Runner {
  const { clock, scope, log, executors } = options;
  const processes = createProcessTable(options.platform);
  const settings: Omit<TurnSettings, 'table' | 'graceMs'> = { clock, scope, log };
  const graceOf = (executor: Executor | undefined): number =>
    options.graceMs ?? executor?.graceMs ?? GRACE_MS;
  const limitsOf = (runId: string, thisTurn: number): TurnLimits => {
    const { outputBytes, ...quiet } = options.limits?.() ?? DEFAULT_LIMITS;
    const before = spooledBytes(options.spoolRoot, runId) - thisTurn;
    const byteCap = Math.max(Math.min(LEAST_OUTPUT, outputBytes), outputBytes - before);
    return { ...quiet, byteCap, spoolLimit: 2 * byteCap, thinAfter: THIN_AFTER };
  };
  const closed = (): Result<never> =>
    fail('runner_closed', 'Homer is shutting down and starts nothing new.', { hint: 'Start Homer again.' });

  const launch = async (
    table: ProcessTable,
    order: RunOrder,
    executor: Executor,
    callbacks: Parameters<Runner['start']>[1],
  ): Promise<Result<Turn>> => {
    if (!isFolder(order.worktree)) {
      return fail('worktree_missing', `The worktree ${order.worktree} is not there.`, {
        hint: 'Start the run again: it makes a new worktree.',
      });
    }
    const { account, mcp } = order;
    const allowed = [
      ...(options.allowEnv ?? []),
      ...executor.passEnv,
      ...(account === null ? executor.signInEnv : []),
    ];
    const own = {
      HOMER_RUN_ID: order.runId,
      HOMER_RUN_KEY: order.runKey,
      HOMER_STEP: String(order.step),
      HOMER_ATTEMPT: String(order.attempt),
      ...(order.verbose ? { HOMER_VERBOSE: '1' } : {}),
      ...(mcp === null ? {} : { HOMER_MCP_TOKEN: mcp.token }),
      HOMER_TAG: groupTag(order),
    };
    const given = { ...childEnvironment(options.env, allowed, account?.env ?? {}), ...own };
    const startedAt = clock.now();
    const limits = limitsOf(order.runId, 0);
    const spool = createSpool(options.spoolRoot, order, order.prompt);
    const prepared = prepareCommand(executor, order, { folder: privateFolder(spool.path), env: given });
    if (!prepared.ok) {
      spool.close();
      dropSpool(spool.path);
      return prepared;
    }
    const { program, args, env, stdin } = prepared.value;
    const child = await launchGated({
      table,
      script: TURN_SCRIPT,
      args: [spool.path, String(limits.spoolLimit), program, ...args],
      holdGate: true,
      cwd: order.worktree,
      env: { ...given, ...env, ...own, HOMER_PROMPT_FILE: promptPath(spool.path) },
      stdin: stdin === 'prompt' ? spool.stdin : 'ignore',
      stdout: spool.stdout,
      stderr: spool.stderr,
    }).finally(() => spool.close());
    if (!child.ok) {
      dropPrivate(spool.path);
      return child;
    }

    const start = { at: startedAt, monotonic: clock.monotonic() };
    const record: ChildRecord = {
      runId: order.runId,
      step: order.step,
      attempt: order.attempt,
      identity: child.value.identity,
      spool: spool.path,
      executor: executor.name,
      deadline: startedAt + order.timeLimitMs,
    };
    const context: TurnContext = {
      runId: order.runId,
      step: order.step,
      attempt: order.attempt,
      worktree: order.worktree,
      model: order.model,
      sessionId: order.sessionId,
      reported: order.reported,
      turnLimit: order.turnLimit,
      home: account?.home ?? null,
    };
    try {
      if (scope.closed) throw new Error('the host is shutting down');
      writeChildFile(record, start, context);
      callbacks.recordChild(record);
    } catch (error) {
      await child.value.abandon();
      dropPrivate(spool.path);
      return fail(
        'child_not_recorded',
        `The process was not started, because it could not be recorded: ${messageOf(error)}.`,
        {
          hint: 'Check the free space and permissions of the data folder, then start the run again.',
        },
      );
    }
    const turn = createTurn({
      ...settings,
      graceMs: graceOf(executor),
      table,
      record,
      start,
      limits,
      executor,
      context,
      secrets: [...Object.values(account?.env ?? {}), mcp?.token ?? ''],
      from: { stdout: 0, stderr: 0 },
      callbacks,
      child: child.value,
    });
    child.value.open();
    return ok(turn);
  };

  return {
    async start(order, callbacks) {
      if (!processes.ok) return processes;
      if (scope.closed) return closed();
      const executor = executors.get(order.executor);
      if (!executor.ok) return executor;
      try {
        return await launch(processes.value, order, executor.value, callbacks);
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error;
        return fail(
          'spool_unusable',
          `Homer could not prepare the run's output folder: ${messageOf(error)}.`,
          {
            hint: 'Check the free space and permissions of the data folder, then start the run again.',
          },
        );
      }
    },
    async adopt(record, offsets, callbacks) {
      if (!processes.ok) return processes;
      if (scope.closed) return closed();
      const executor = executors.get(record.executor);
      if (!executor.ok) return executor;
      const alive = await isAlive(processes.value, record.identity);
      // Without its output nobody can know what a child did, not even when it lives.
      if (!isWhole(record.spool) || (!alive && !readEnding(record.spool))) {
        return fail('child_gone', 'The process is gone and left no result.', {
          hint: 'Sweep what it may have left behind and go on from the last checkpoint.',
        });
      }
      return ok(
        createTurn({
          ...settings,
          graceMs: graceOf(executor.value),
          table: processes.value,
          record,
          start: readStart(record.spool) ?? { at: clock.now(), monotonic: undefined },
          limits: limitsOf(record.runId, turnBytes(record.spool)),
          executor: executor.value,
          context: readContext(record),
          // Whose they were is known to no one but the child; what looks like a secret is hidden all the same.
          secrets: [],
          from: offsets,
          callbacks,
          child: undefined,
        }),
      );
    },
    async sweep(record) {
      if (!processes.ok) return 0;
      const executor = executors.get(record.executor);
      const ended = await endTree({
        ...settings,
        graceMs: graceOf(executor.ok ? executor.value : undefined),
        table: processes.value,
        identity: record.identity,
        tag: groupTag(record),
        spool: record.spool,
      });
      dropPrivate(record.spool);
      return ended;
    },
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
