import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { createScope } from '../shared/scope.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { gitFailure } from './git-failure.ts';
import { gitOutput } from './git.ts';
import type { Git, GitOptions, GitOutput, GitPlace } from './git.ts';

/** One git command of several. Its exit code must be 0. */
export interface GitLine extends Pick<GitOptions, 'keepIndex' | 'env'> {
  readonly place: GitPlace;
  /** `{ wordOf: n }`: what the line of that number, counted over all steps, printed. */
  readonly args: readonly (string | { readonly wordOf: number })[];
  /** It prints one word, which later lines may use; such a line is the last of its step. */
  readonly word?: boolean;
  /** It reads the input. */
  readonly reads?: boolean;
}

/** Lines that run at the same time, once all of the step before are through. */
export interface GitStep {
  readonly lines: readonly GitLine[];
  /** Asked before it begins, with the outputs so far; what follows is left out when the answer is no. */
  readonly onlyIf?: (done: readonly GitOutput[]) => Promise<boolean>;
}

const TIME_LIMIT_MS = 120_000;
const MAX_BYTES = 64 * 1024 * 1024;
/** Files of the shell: 0 to 2, one for each line's output, then these. Portable shells know files by one digit. */
const MOST_STREAMS = 5;
const GATE = 8;
const INPUT = 9;

/**
 * Runs git commands that belong together by one process of the host, a shell that starts them: making a process costs the host more the
 * more memory it has, and stops all else that it does meanwhile; a shell makes one in a fraction of that. The script holds no value: all
 * come as arguments. Its process group is ended as a whole when the host closes or time is up. Gives the outputs of all lines that ran.
 */
export async function gitSteps(
  git: Git,
  steps: readonly GitStep[],
  { input = '' }: { readonly input?: string } = {},
): Promise<Result<GitOutput[]>> {
  const lines: PreparedLine[] = [];
  for (const line of steps.flatMap((step) => step.lines)) {
    const args = line.args.map((arg) => (typeof arg === 'string' ? arg : ''));
    const prepared = await git.prepare(line.place, args, line);
    if (!prepared.ok) return prepared;
    // Homer puts its own arguments before those of the line, and leaves these as they are at the end.
    const { file, args: all, env } = prepared.value;
    const head = all.slice(0, all.length - (args.length - 1));
    lines.push({ line, env, command: [file, ...head, ...line.args.slice(1)] });
  }
  const base = lines[0]?.env ?? {};
  const { script, values, streams } = scriptOf(steps, lines, base);
  const began = git.clock.monotonic();
  const child = spawn('/bin/sh', ['-c', script, 'git', ...values], {
    cwd: '/',
    env: base,
    // A process group of its own, which is ended as a whole.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', ...Array.from({ length: GATE - 2 }, () => 'pipe' as const)],
  });
  let stopped: Stopped | undefined;
  const stop = (why: Stopped): void => {
    stopped ??= why;
    // Without a number it never began.
    if (child.pid !== undefined) endGroup(child.pid);
  };
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => {
      stopped ??= 'not started';
      resolve();
    });
  });
  const guard = createScope('git steps');
  git.clock.after(guard, TIME_LIMIT_MS, () => stop('timed out'));
  const forget = git.scope?.add('git steps', async () => {
    stop('closing');
    await closed;
  });
  const told = followStatus(child.stdout, closed);
  const files = child.stdio as unknown as readonly (Readable | Writable | null)[];
  const gate = files[GATE] as Writable;
  for (const pipe of [gate, child.stdin]) pipe.on('error', ignoreClosed);
  child.stdin.end(input);
  const complaints = collect(child.stderr, () => stop('too large'));
  const collected = streams.map((file) =>
    file === undefined ? undefined : collect(files[file] as Readable, () => stop('too large')),
  );

  const done: GitOutput[] = [];
  let failed: Result<never> | undefined;
  for (const step of steps) {
    if (step.onlyIf) {
      if (!(await step.onlyIf(done))) break;
      gate.write('go\n');
    }
    for (const line of step.lines) {
      const at = done.length;
      const status = await told(at);
      const command = commandIn(line);
      if (status?.code === 0) {
        const bytes = status.word === '' ? await collected[at] : Buffer.from(status.word);
        done.push(gitOutput(0, bytes ?? Buffer.alloc(0), ''));
        continue;
      }
      gate.end();
      failed =
        stopped === undefined && status !== undefined
          ? gitFailure(command, status.code, new TextDecoder().decode(await complaints))
          : notEnded(command, stopped);
      break;
    }
    if (failed) break;
  }
  gate.end();
  await closed;
  await guard.close();
  void forget?.();
  git.log.debug('git', {
    command: lines.map(({ line }) => commandIn(line)).join(' '),
    exitCode: failed ? 1 : 0,
    durationMs: Math.round(git.clock.monotonic() - began),
  });
  return failed ?? ok(done);
}

/** Such as `update-index`. */
function commandIn({ args: [first] }: GitLine): string {
  return typeof first === 'string' ? first : '';
}

interface PreparedLine {
  readonly line: GitLine;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly (string | { readonly wordOf: number })[];
}

function scriptOf(
  steps: readonly GitStep[],
  lines: readonly PreparedLine[],
  base: Readonly<Record<string, string>>,
): { script: string; values: string[]; streams: (number | undefined)[] } {
  const values: string[] = [];
  const value = (text: string): string => `"\${${String(values.push(text))}}"`;
  const script = [`exec ${String(INPUT)}<&0 </dev/null`];
  const streams: (number | undefined)[] = [];
  let at = 0;
  let used = 0;
  for (const { lines: together, onlyIf } of steps) {
    if (onlyIf) script.push(`IFS= read -r go <&${String(GATE)} || exit 0`);
    const first = at;
    const open: string[] = [];
    for (const [index, { word }] of together.entries()) {
      if (word && index < together.length - 1) throw new Error('a line that gives a word is the last');
      const { line, env, command } = lines[at] as PreparedLine;
      const changes = Object.entries(env)
        .filter(([name, text]) => base[name] !== text)
        .map(([name, text]) => `export ${name}=${value(text)}`);
      const dropped = Object.keys(base).filter((name) => env[name] === undefined);
      const parts = [
        `cd -- ${value(line.place.folder)} || exit 1`,
        ...changes,
        ...(dropped.length === 0 ? [] : [`unset ${dropped.join(' ')}`]),
        `exec ${command.map((arg) => (typeof arg === 'string' ? value(arg) : `"$w${String(arg.wordOf)}"`)).join(' ')}`,
      ];
      const body = parts.join('; ') + (line.reads ? ` <&${String(INPUT)}` : '');
      const name = String(at);
      if (word) {
        script.push(`w${name}=$(${body}); c${name}=$?`);
        streams.push(undefined);
      } else {
        const file = 3 + used;
        used += 1;
        if (used > MOST_STREAMS) throw new Error('too many lines for one shell');
        open.push(String(file));
        script.push(`( ${body} ) >&${String(file)} & p${name}=$!`);
        streams.push(file);
      }
      at += 1;
    }
    const mine = Array.from({ length: at - first }, (_, index) => String(first + index));
    for (const [index, name] of mine.entries())
      if (streams[first + index] !== undefined) script.push(`wait "$p${name}"; c${name}=$?`);
    // Its end tells the reader that the output is whole.
    for (const file of open) script.push(`exec ${file}>&-`);
    for (const name of mine) script.push(`echo "${name} $c${name} $w${name}"`);
    for (const name of mine) script.push(`[ "$c${name}" = 0 ] || exit 0`);
  }
  return { script: script.join('\n'), values, streams };
}

interface Status {
  readonly code: number;
  readonly word: string;
}

/** How each line ended, as the shell says; undefined when the shell is gone without saying. */
function followStatus(from: Readable, closed: Promise<void>): (line: number) => Promise<Status | undefined> {
  const known = new Map<number, Status>();
  const waiting = new Map<number, (status: Status) => void>();
  let rest = '';
  from.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString('latin1')).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const [line = '', code = '', word = ''] = part.split(' ');
      const status = { code: Number(code), word };
      known.set(Number(line), status);
      waiting.get(Number(line))?.(status);
    }
  });
  return async (line) => {
    const told = new Promise<Status>((resolve) => waiting.set(line, resolve));
    // What was told last comes before the end.
    return known.get(line) ?? (await Promise.race([told, closed])) ?? known.get(line);
  };
}

function collect(from: Readable, tooMuch: () => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  from.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
    else tooMuch();
  });
  return new Promise((resolve) => {
    from.once('close', () => resolve(Buffer.concat(chunks)));
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    // Ended on its own meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** The shell may be gone before all was written to it; how its lines ended tells the story. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') throw error;
}

type Stopped = 'timed out' | 'closing' | 'too large' | 'not started';

function notEnded(command: string, stopped: Stopped | undefined): Result<never> {
  if (stopped === 'too large')
    return fail('too_large', `git ${command} gave more output than Homer reads.`, {
      hint: 'Look at it in a terminal instead.',
    });
  if (stopped === 'timed out')
    return fail('git_timeout', `git ${command} did not end within ${String(TIME_LIMIT_MS / 1000)} s.`, {
      hint: 'Look whether the disk or a network folder hangs, then try again.',
    });
  return fail('git_failed', `git ${command} was ended before it was through.`, {
    hint: 'Try again; if it happens every time, look into the log.',
    details: { command },
  });
}
