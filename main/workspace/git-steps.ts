import { randomUUID } from 'node:crypto';
import { createScope } from '../shared/scope.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { gitFailure } from './git-failure.ts';
import { gitOutput } from './git.ts';
import type { Git, GitOptions, GitOutput, GitPlace } from './git.ts';
import { FIRST_OUTPUT, GATE, MOST_OUTPUTS } from './step-shell.ts';
import type { StepShell, Stopped } from './step-shell.ts';

/** One git command of several. */
export interface GitLine extends Pick<GitOptions, 'keepIndex' | 'env' | 'accept'> {
  readonly place: GitPlace;
  /** `{ wordOf: n }`: what the line of that number, counted over all steps, printed. */
  readonly args: readonly (string | { readonly wordOf: number })[];
  /** It prints one word, which later lines may use; such a line is the last of its step. */
  readonly word?: boolean;
  /** Its input: each of these with a zero byte behind. */
  readonly input?: readonly string[];
}

/** Lines that run at the same time, once all of the step before are through. */
export interface GitStep {
  readonly lines: readonly GitLine[];
  /** Asked before it begins, with the outputs so far; what follows is left out when the answer is no. */
  readonly onlyIf?: (done: readonly GitOutput[]) => Promise<boolean>;
}

const TIME_LIMIT_MS = 120_000;
/** A shell that has read more than this may have grown by it, and is not used again. */
const MOST_SCRIPT = 256 * 1024;

/**
 * Runs git commands that belong together by a shell that starts them (`step-shell.ts`): those of a step at once, one step after
 * another. All values stand in the script between quotes. The process group of the shell is ended as a whole when the host closes or
 * time is up. Gives the outputs of all lines that ran.
 */
export async function gitSteps(git: Git, steps: readonly GitStep[]): Promise<Result<GitOutput[]>> {
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
  const began = git.clock.monotonic();
  const nonce = randomUUID();
  const script = scriptOf(steps, lines, nonce);
  const shell = await begin(git, script);
  const guard = createScope('git steps');
  git.clock.after(guard, TIME_LIMIT_MS, () => shell.stop('timed out'));
  const { done, failed } = await follow(shell, steps, nonce);
  await guard.close();
  if (failed === undefined && script.length < MOST_SCRIPT) git.shells.give(shell);
  else await git.shells.drop(shell);
  git.log.debug('git', {
    command: lines.map(({ line }) => commandIn(line)).join(' '),
    exitCode: failed ? 1 : 0,
    durationMs: Math.round(git.clock.monotonic() - began),
  });
  return failed ?? ok(done);
}

/** Gives the script to a shell. One that had ended unseen while it waited for work has done nothing of it: then another takes it. */
async function begin(git: Git, script: string): Promise<StepShell> {
  for (;;) {
    const { shell, fresh } = git.shells.take();
    shell.begin(script);
    if ((await shell.line()) !== undefined || fresh) return shell;
    await git.shells.drop(shell);
  }
}

async function follow(
  shell: StepShell,
  steps: readonly GitStep[],
  nonce: string,
): Promise<{ done: GitOutput[]; failed?: Result<never> }> {
  const done: GitOutput[] = [];
  let file = FIRST_OUTPUT;
  let last = '';
  for (const step of steps) {
    if (step.onlyIf) {
      const wanted = await step.onlyIf(done);
      shell.tell(wanted ? 'go' : 'no');
      if (!wanted) break;
    }
    for (const line of step.lines) {
      last = commandIn(line);
      const output = line.word ? undefined : shell.output(file++, endOf(nonce, done.length));
      const [code, word = ''] = (await shell.line())?.split(' ') ?? [];
      if (code === undefined) return { done, failed: notEnded(last, shell.stopped) };
      const exitCode = Number(code);
      if (!(line.accept ?? [0]).includes(exitCode))
        return { done, failed: gitFailure(last, exitCode, await shell.end()) };
      done.push(gitOutput(exitCode, output ? await output : Buffer.from(word), ''));
    }
  }
  const through = (await shell.line()) !== undefined;
  return through ? { done } : { done, failed: notEnded(last, shell.stopped) };
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

/** Tells that the output of a line is whole; nobody can print it who does not know the script. */
function endOf(nonce: string, line: number): string {
  return `${nonce} ${String(line)}`;
}

/** Says a line when it begins, one for each line of git with its exit code and its word, and one when it is through. */
function scriptOf(steps: readonly GitStep[], lines: readonly PreparedLine[], nonce: string): string {
  const base = lines[0]?.env ?? {};
  const script = ['echo begun; ( exec </dev/null', ...exports(Object.entries(base))];
  let at = 0;
  let file = FIRST_OUTPUT;
  for (const { lines: together, onlyIf } of steps) {
    if (onlyIf) script.push(`IFS= read -r go <&${String(GATE)} && [ "$go" = go ] || exit 0`);
    const first = at;
    const ends: string[] = [];
    for (const [index, { word }] of together.entries()) {
      if (word && index < together.length - 1) throw new Error('a line that gives a word is the last');
      const name = String(at);
      const body = commandLine(lines[at] as PreparedLine, base);
      if (word) script.push(`w${name}=$( ${body} ); c${name}=$?`);
      else {
        script.push(`${body} >&${String(file)} & p${name}=$!`);
        ends.push(`wait "$p${name}"; c${name}=$?`, `printf %s ${quote(endOf(nonce, at))} >&${String(file)}`);
        file += 1;
      }
      at += 1;
    }
    if (file > FIRST_OUTPUT + MOST_OUTPUTS) throw new Error('too many lines for one shell');
    script.push(...ends);
    for (const [index, { accept = [0] }] of together.entries()) {
      const name = String(first + index);
      script.push(`printf '%s %s\\n' "$c${name}" "$w${name}"`);
      script.push(`case $c${name} in ${accept.join('|')}) ;; *) exit 0 ;; esac`);
    }
  }
  return `${script.join('\n')}\n); echo through\n`;
}

/** A subshell that becomes the command. */
function commandLine({ line, env, command }: PreparedLine, base: PreparedLine['env']): string {
  const dropped = Object.keys(base).filter((name) => env[name] === undefined);
  const words = command.map((arg) => (typeof arg === 'string' ? quote(arg) : `"$w${String(arg.wordOf)}"`));
  const body = [
    `cd -- ${quote(line.place.folder)} || exit 1`,
    ...exports(Object.entries(env).filter(([name, text]) => base[name] !== text)),
    ...(dropped.length === 0 ? [] : [`unset ${dropped.join(' ')}`]),
    `exec ${words.join(' ')}`,
  ].join('; ');
  if (line.input === undefined || line.input.length === 0) return `( ${body} )`;
  return `printf '%s\\0' ${line.input.map(quote).join(' ')} | ( ${body} )`;
}

function exports(values: readonly (readonly [name: string, text: string])[]): string[] {
  return values.map(([name, text]) => `export ${name}=${quote(text)}`);
}

function quote(text: string): string {
  if (text.includes('\0')) throw new Error('a value for a command holds a zero byte');
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

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
