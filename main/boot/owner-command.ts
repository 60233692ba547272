import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../agents/process/child-environment.ts';
import type { RunCommand as AgentsRunCommand } from '../agents/process/run-command.ts';
import type { RunCommand } from '../runtime/ports.ts';
import type { Ids } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import { messageOf, ok } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { networkVariables } from './network-environment.ts';
import { deleteCommandChild, putCommandChild } from '../store/command-child-store.ts';
import type { Store } from '../store/store.ts';

/**
 * Commands of the owner's (tests, set-up, planner) as the runtime asks for them, run by the process ladder. Each is recorded before
 * it passes its gate and forgotten when its whole tree is gone, so that the next host can end what a killed one left.
 */
export function createOwnerCommand(options: {
  run: AgentsRunCommand;
  env: Readonly<Record<string, string | undefined>>;
  scope: Scope;
  ids: Ids;
  store: Store;
  log: Log;
  /** Where input files live for the time of their command. */
  folder: string;
}): RunCommand {
  const { run, ids, store, log } = options;
  return async ({ command, cwd, timeoutMs, env, signal, input, onRunning }) => {
    const tag = env['HOMER_TAG'] ?? ids.next();
    const scope = options.scope.child(`command ${tag}`);
    let line = command;
    const record = { kept: false };
    let inputFile: string | null = null;
    if (input !== undefined) {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 });
      inputFile = join(options.folder, `input-${ids.next()}`);
      writeFileSync(inputFile, input, { mode: 0o600 });
      line = `exec < "$HOMER_PROMPT_FILE"\n${command}`;
    }
    try {
      const outcome = await run({
        command: line,
        cwd,
        timeoutMs,
        env: childEnvironment(options.env, networkVariables, {
          ...env,
          ...(inputFile === null ? {} : { HOMER_PROMPT_FILE: inputFile }),
        }),
        tag,
        scope,
        abort: signal,
        ...(onRunning === undefined ? {} : { onRunning }),
        onStarted: ({ pid, group, startTime, bootId }) => {
          store.write((write) => {
            putCommandChild(write, { tag, pid, group, startTime, bootId });
          });
          record.kept = true;
        },
      });
      if (!outcome.ok) return outcome;
      const { exitCode, timedOut, durationMs, output } = outcome.value;
      return ok({ exitCode, timedOut, durationMs, output });
    } finally {
      await scope.close();
      if (record.kept) forget(tag);
      if (inputFile !== null) rmSync(inputFile, { force: true });
    }
  };
  function forget(tag: string): void {
    try {
      store.write((write) => {
        deleteCommandChild(write, tag);
      });
    } catch (error) {
      // A row too many costs one look at the next start.
      log.warn('a command could not be forgotten', { tag, error: messageOf(error) });
    }
  }
}
