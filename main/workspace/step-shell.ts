import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Scope } from '../shared/scope.ts';

/** Why a shell was ended before it was through. */
export type Stopped = 'timed out' | 'closing' | 'too large' | 'not started';

/**
 * A shell that starts commands for the host, one script after another. Making a process costs the host more the more memory it has, and
 * stops all else that it does meanwhile; a shell makes one in a fraction of that. It keeps nothing of a script: each runs in a subshell,
 * from an environment that is as good as empty. When the host dies its pipes close, and it ends with what it is at (`left-steps.ts`).
 */
export interface StepShell {
  /** Runs a script: whole commands, which write to the files 3 to 7 (see `output`), say lines on file 1 and may read lines from file 8. */
  begin(script: string): void;
  /** The next line said; undefined when the shell is gone. */
  line(): Promise<string | undefined>;
  /** What is written to that file from here on, until `end` is written there; or until the shell is gone. */
  output(file: number, end: string): Promise<Buffer>;
  /** Gives a line to read from file 8. */
  tell(line: string): void;
  /** Lets it end by itself; resolves with its complaints since `begin`, once it has. */
  end(): Promise<string>;
  /** Ends it and all that it started. */
  stop(why: Stopped): void;
  readonly stopped: Stopped | undefined;
  readonly gone: boolean;
}

/** Portable shells know files by one digit. */
export const FIRST_OUTPUT = 3;
export const MOST_OUTPUTS = 5;
export const GATE = FIRST_OUTPUT + MOST_OUTPUTS;
/** By this, in the environment, all that it starts is known; its value is the number of the host. */
export const STEPS_VARIABLE = 'HOMER_STEPS';
const MAX_BYTES = 64 * 1024 * 1024;
/** Pieces, of up to 64 KiB each. */
const MOST_COMPLAINTS = 64;

export function openStepShell(): StepShell {
  const child = spawn('/bin/sh', [], {
    cwd: '/',
    env: { [STEPS_VARIABLE]: String(process.pid) },
    // A process group of its own, which is ended as a whole.
    detached: true,
    stdio: Array.from({ length: GATE + 1 }, () => 'pipe' as const),
  });
  // Nothing is sent through this object; one that did not begin has no number.
  child.on('error', () => undefined);
  if (child.pid === undefined) return neverBegan;
  const files = child.stdio as unknown as readonly Stream[];
  const [script, said, complaining] = files as [Writable, Readable, Readable];
  const gate = files[GATE] as Writable;
  let stopped: Stopped | undefined;
  let gone = false;
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      gone = true;
      resolve();
    });
  });
  const stop = (why: Stopped): void => {
    stopped ??= why;
    if (child.pid !== undefined && !gone) endGroup(child.pid);
  };
  // It may be gone before all was written to it; what it said tells the story.
  for (const pipe of [script, gate]) pipe.on('error', ignoreClosed);
  const lines = followLines(said, closed);
  const outputs = files
    .slice(FIRST_OUTPUT, GATE)
    .map((file) => collect(file as Readable, closed, () => stop('too large')));
  let complaints: Buffer[] = [];
  complaining.on('data', (chunk: Buffer) => {
    if (complaints.length < MOST_COMPLAINTS) complaints.push(chunk);
  });
  return {
    begin(text) {
      complaints = [];
      if (script.writable) script.write(text);
    },
    line: lines,
    output: (file, end) => (outputs[file - FIRST_OUTPUT] as Collect)(end),
    tell(line) {
      if (gate.writable) gate.write(`${line}\n`);
    },
    async end() {
      script.end();
      gate.end();
      await closed;
      return Buffer.concat(complaints).toString('utf8');
    },
    stop,
    get stopped() {
      return stopped;
    },
    get gone() {
      return gone;
    },
  };
}

type Stream = Readable | Writable;

/** Such as when the system has no process left to give. */
const neverBegan: StepShell = {
  begin: () => undefined,
  line: () => Promise.resolve(undefined),
  output: () => Promise.resolve(Buffer.alloc(0)),
  tell: () => undefined,
  end: () => Promise.resolve(''),
  stop: () => undefined,
  stopped: 'not started',
  gone: true,
};

/** Shells of one host: those that wait for their next script, and new ones where all are at work. */
export interface StepShells {
  /** `fresh`: it was started just now. */
  take(): { readonly shell: StepShell; readonly fresh: boolean };
  /** One that is through with its script. */
  give(shell: StepShell): void;
  /** One that is not to be used again, with what it complained about. */
  drop(shell: StepShell): Promise<string>;
}

/** As many as runs most often work at once. */
const MOST_WAITING = 3;

export function createStepShells(scope: Scope | undefined): StepShells {
  const waiting: StepShell[] = [];
  const atWork = new Map<StepShell, () => void>();
  scope?.add('step shells', async () => {
    await Promise.all(waiting.splice(0).map((shell) => shell.end()));
  });
  const release = (shell: StepShell): void => {
    atWork.get(shell)?.();
    atWork.delete(shell);
  };
  const drop = (shell: StepShell): Promise<string> => shell.end().finally(() => release(shell));
  return {
    take() {
      let shell = waiting.pop();
      while (shell?.gone) shell = waiting.pop();
      const fresh = shell === undefined;
      const taken = shell ?? openStepShell();
      let through = false;
      // Added when it begins to work, so that it is ended before whoever waits for it.
      const forget = scope?.add('git steps', async () => {
        if (through) return;
        taken.stop('closing');
        await taken.end();
      });
      atWork.set(taken, () => {
        through = true;
        void forget?.();
      });
      return { shell: taken, fresh };
    },
    give(shell) {
      // Without a scope nobody would end it.
      if (scope?.closed !== false || waiting.length >= MOST_WAITING) return void drop(shell);
      release(shell);
      waiting.push(shell);
    },
    drop,
  };
}

function followLines(from: Readable, closed: Promise<void>): () => Promise<string | undefined> {
  const lines: string[] = [];
  let rest = '';
  let wake: (() => void) | undefined;
  from.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString('latin1')).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake?.();
  });
  return async () => {
    if (lines.length === 0) await Promise.race([new Promise<void>((resolve) => (wake = resolve)), closed]);
    return lines.shift();
  };
}

type Collect = (end: string) => Promise<Buffer>;

/** Cuts what a file gives into outputs, each ended by a word that nobody could know before. */
function collect(from: Readable, closed: Promise<void>, tooMuch: () => void): Collect {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let expected: { readonly end: Buffer; readonly resolve: () => void } | undefined;
  from.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (expected && endsWith(chunks, expected.end)) expected.resolve();
    else if (bytes > MAX_BYTES) {
      chunks = [];
      tooMuch();
    }
  });
  return async (word) => {
    const end = Buffer.from(word);
    if (!endsWith(chunks, end))
      await Promise.race([new Promise<void>((resolve) => (expected = { end, resolve })), closed]);
    expected = undefined;
    const all = Buffer.concat(chunks);
    chunks = [];
    bytes = 0;
    return endsWith([all], end) ? all.subarray(0, all.length - end.length) : all;
  };
}

function endsWith(chunks: readonly Buffer[], end: Buffer): boolean {
  let tail = Buffer.alloc(0);
  for (let at = chunks.length - 1; at >= 0 && tail.length < end.length; at -= 1)
    tail = Buffer.concat([chunks[at] as Buffer, tail]);
  return tail.length >= end.length && tail.subarray(tail.length - end.length).equals(end);
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    // Ended on its own meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') throw error;
}
