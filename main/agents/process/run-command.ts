import { statSync } from 'node:fs';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { fail, messageOf, ok, type Refusal, type Result } from '../../shared/result.ts';
import { createScope, type Scope } from '../../shared/scope.ts';
import type { ChildExit } from '../executor.ts';
import type { ChildIdentity } from '../runner.ts';
import { endTree } from './end-tree.ts';
import { launchGated } from './launch-gated.ts';
import { createOutputTail } from './output-tail.ts';
import { createProcessTable } from './create-process-table.ts';

export interface CommandRequest {
  /** A command line for `/bin/sh -c`, or a program with its arguments. */
  readonly command: string | readonly [program: string, ...args: string[]];
  readonly cwd: string;
  readonly timeoutMs: number;
  /** The whole environment; `childEnvironment` makes one. */
  readonly env: Readonly<Record<string, string>>;
  /** HOMER_TAG of the command and all it starts; `groupTag` makes one. No two commands may have it at once. */
  readonly tag: string;
  /** Its end ends the command: nobody could take it up later. */
  readonly scope: Scope;
  readonly abort?: AbortSignal;
  /** Bytes of output to keep from the end; 64 KiB when not given. */
  readonly outputLimit?: number;
  readonly graceMs?: number;
  /** Called before the command runs; what it stores lets a later host sweep what is left after a crash. If it throws, nothing runs. */
  readonly onStarted?: (identity: ChildIdentity, tag: string) => void;
  /** Called once it runs: `read` gives the end of its output so far, as the outcome will give it. */
  readonly onRunning?: (read: () => string) => void;
}

export interface CommandOutcome {
  /** Null when it was ended by a signal. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly aborted: boolean;
  readonly durationMs: number;
  /** Both streams as they came, the last `outputLimit` bytes, cleaned and redacted. */
  readonly output: string;
}

export type RunCommand = (request: CommandRequest) => Promise<Result<CommandOutcome>>;

/** `exec` keeps the pid, so the child is the shell of the command itself and its exit is told as it is. */
const LINE_SCRIPT = 'exec /bin/sh -c "$1" 2>&1';
const PROGRAM_SCRIPT = 'exec "$@" 2>&1';
/** When all that could write is dead, what is in the pipe comes at once. */
const OUTPUT_END_MS = 500;

/**
 * Makes the function that runs a project's test and set-up commands. A command has a process group of its own and the tag; when
 * it ends, is out of time or is aborted, its whole tree is ended, also what left the group or keeps the output open.
 */
export function createRunCommand(options: {
  readonly clock: Clock;
  readonly log: Log;
  readonly platform?: NodeJS.Platform;
}): RunCommand {
  const { clock, log } = options;
  const processes = createProcessTable(options.platform);

  return async (request) => {
    if (!processes.ok) return processes;
    if (isCalledOff(request)) return calledOff();
    if (!statSync(request.cwd, { throwIfNoEntry: false })?.isDirectory()) {
      return fail('folder_missing', `The folder ${request.cwd} is not there.`, {
        hint: 'Start the run again: it makes a new worktree.',
      });
    }
    const table = processes.value;
    const line = typeof request.command === 'string';
    const launched = await launchGated({
      table,
      script: line ? LINE_SCRIPT : PROGRAM_SCRIPT,
      args: typeof request.command === 'string' ? [request.command] : request.command,
      cwd: request.cwd,
      env: { ...request.env, HOMER_TAG: request.tag },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'ignore',
    });
    if (!launched.ok) return launched;
    const child = launched.value;
    // It may have been called off while the process was made, when nobody listened yet.
    if (isCalledOff(request)) {
      await child.abandon();
      return calledOff();
    }
    try {
      request.onStarted?.(child.identity, request.tag);
    } catch (error) {
      await child.abandon();
      return fail(
        'child_not_recorded',
        `The command was not started, because it could not be recorded: ${messageOf(error)}.`,
        {
          hint: 'Check the free space and permissions of the data folder.',
        },
      );
    }

    const tail = createOutputTail(request.outputLimit ?? 64 * 1024);
    const closed = new Promise<void>((resolve) => {
      child.output?.on('data', (chunk: Buffer) => tail.push(chunk));
      child.output?.once('close', resolve);
      child.output?.on('error', (error) =>
        log.warn('the output of a command broke off', { error: messageOf(error) }),
      );
    });
    const work = request.scope.child('command');
    // A scope of its own: the tree is still to be ended while the request's scope closes.
    const ladder = createScope('end of a command');
    let why: 'timed_out' | 'aborted' | undefined;
    let over = false;
    let ending: Promise<number> | undefined;
    const end = (graceMs: number): Promise<number> =>
      (ending ??= endTree({
        table,
        clock,
        scope: ladder,
        log,
        identity: child.identity,
        tag: request.tag,
        graceMs,
      }).finally(() => {
        ending = undefined;
      }));
    const stop = async (reason: 'timed_out' | 'aborted'): Promise<void> => {
      why ??= reason;
      await end(request.graceMs ?? 3_000);
    };
    const stopLater = (reason: 'timed_out' | 'aborted') => (): void => {
      stop(reason).catch((error: unknown) =>
        log.error('a command could not be ended', { error: messageOf(error) }),
      );
    };
    const onAbort = stopLater('aborted');
    request.abort?.addEventListener('abort', onAbort, { once: true });
    work.add('command', () => (over ? undefined : stop('aborted')));
    const cancelLimit = clock.after(work, request.timeoutMs, stopLater('timed_out'));

    const began = clock.monotonic();
    child.open();
    request.onRunning?.(() => tail.text());
    const exit: ChildExit = await child.exited;
    const durationMs = Math.round(clock.monotonic() - began);
    const outcome = why;
    await end(500);
    cancelLimit();
    request.abort?.removeEventListener('abort', onAbort);
    await Promise.race([closed, clock.sleep(work, OUTPUT_END_MS)]);
    child.output?.destroy();
    over = true;
    await work.close();
    await ladder.close();
    return ok({
      exitCode: exit.code,
      signal: exit.signal,
      timedOut: outcome === 'timed_out',
      aborted: outcome === 'aborted',
      durationMs,
      output: tail.text(),
    });
  };
}

function isCalledOff(request: CommandRequest): boolean {
  return request.scope.closed || request.abort?.aborted === true;
}

function calledOff(): Refusal {
  return fail('command_not_started', 'The command was not started, because it was called off.', {
    hint: 'Start the run again.',
  });
}
