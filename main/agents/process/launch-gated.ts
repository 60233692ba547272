import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';
import type { ChildExit } from '../executor.ts';
import type { ChildIdentity } from '../runner.ts';
import { identify, type ProcessTable } from './process-table.ts';

/**
 * A child that waits at its gate. It runs `/bin/sh` with a script that first reads a line from file 3: only after `open` does it
 * go on. When the host dies before, the gate is closed with it, the read fails, and nothing was started. So whoever is past
 * the gate is known by name.
 */
export interface GatedChild {
  readonly identity: ChildIdentity;
  /** Standard output, when it was asked for as a pipe. */
  readonly output: Readable | null;
  readonly exited: Promise<ChildExit>;
  open(): void;
  /** Closes the gate: the child ends without having started anything. */
  abandon(): Promise<void>;
  /** Lets go of the child, so that the host can end while it lives; a gate that was held is closed. */
  letGo(): void;
}

const GATE = 'IFS= read -r go <&3 || exit 97\n';
const CLOSE_GATE = 'exec 3<&-\n';

export async function launchGated(options: {
  readonly table: ProcessTable;
  /** What /bin/sh does behind the gate; `args` are its positional parameters. */
  readonly script: string;
  readonly args: readonly string[];
  /** Keeps file 3 open behind the gate: whoever reads it there reads its end when the host dies or lets go. */
  readonly holdGate?: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: number | 'ignore';
  readonly stdout: number | 'pipe';
  readonly stderr: number | 'ignore';
}): Promise<Result<GatedChild>> {
  const script = GATE + (options.holdGate ? '' : CLOSE_GATE) + options.script;
  const child = spawn('/bin/sh', ['-c', script, 'homer', ...options.args], {
    cwd: options.cwd,
    env: options.env,
    // A process group and session of its own.
    detached: true,
    stdio: [options.stdin, options.stdout, options.stderr, 'pipe'],
  });
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  if (child.pid === undefined) {
    const why = await new Promise<Error>((resolve) => child.once('error', resolve));
    return fail('child_not_started', `The system did not start a process: ${messageOf(why)}.`, {
      hint: 'Check the limits on processes and open files, and that the folder still exists.',
    });
  }
  // Such as a signal that could not be sent: nothing is sent through this object.
  child.on('error', () => undefined);
  const gate = child.stdio[3] as Writable;
  // A child that died at the gate makes the write fail; its exit tells the story.
  gate.on('error', () => undefined);
  const abandon = async (): Promise<void> => {
    gate.destroy();
    await exited;
  };
  const identity = await identify(options.table, child.pid);
  if (identity?.group !== child.pid) {
    await abandon();
    return fail('child_not_started', 'The process ended before Homer could see who it is.', {
      hint: 'Try again; if it repeats, look for what ends processes on this machine.',
    });
  }
  return ok({
    identity,
    output: child.stdout,
    exited,
    open: () => (options.holdGate ? gate.write('go\n') : gate.end('go\n')),
    abandon,
    letGo() {
      child.unref();
      gate.destroy();
    },
  });
}

/** No process ends by these, so a code that would name one is the program's own, such as an HTTP status cut to a byte. */
const HARMLESS = new Set([
  'SIGCHLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGWINCH',
]);

/** What a shell's `$?` says: from 129 on, the signal that ended the command. */
export function exitOfShell(code: number, names: Readonly<Record<string, number>>): ChildExit {
  const signal = Object.entries(names).find(
    ([name, value]) => value === code - 128 && code < 160 && !HARMLESS.has(name),
  )?.[0];
  return signal === undefined ? { code, signal: null } : { code: null, signal };
}
