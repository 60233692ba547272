import {
  closeSync,
  constants as fsConstants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { sessionFiguresSchema } from '../../domain/run/session-figures.ts';
import type { ChildExit, TurnContext } from '../executor.ts';
import type { ChildRecord } from '../runner.ts';
import { exitOfShell } from './launch-gated.ts';

/**
 * The folder of one turn: `prompt` (the child's standard input), `stdout`, `stderr`, `child.json` (who the child is, written
 * before its gate opens), `ending.json` (how it ended, written by the child's own wrapper), and `private` with the files its command
 * asked for, which may hold a token and are gone when the turn is over. Readable for the owner alone.
 */
export interface NewSpool {
  readonly path: string;
  readonly stdin: number;
  readonly stdout: number;
  readonly stderr: number;
  /** Closes the host's copies of the files, once the child has its own. */
  close(): void;
}

export function promptPath(spool: string): string {
  return join(spool, 'prompt');
}

export function privateFolder(spool: string): string {
  return join(spool, 'private');
}

export function dropPrivate(spool: string): void {
  rmSync(privateFolder(spool), { recursive: true, force: true });
}

/** Of a turn that never began. */
export function dropSpool(spool: string): void {
  rmSync(spool, { recursive: true, force: true });
}

/** Makes the folder. A turn that is repeated under the same attempt and step gets a fresh one beside the former. */
export function createSpool(
  root: string,
  turn: { runId: string; attempt: number; step: number },
  prompt: string,
): NewSpool {
  const run = join(root, turn.runId);
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const path = makeFresh(join(run, `${String(turn.attempt)}-${String(turn.step)}`));
  writeFileSync(promptPath(path), prompt, { mode: 0o600 });
  const flags = fsConstants.O_WRONLY | fsConstants.O_CREAT | fsConstants.O_APPEND | fsConstants.O_EXCL;
  const stdin = openSync(promptPath(path), 'r');
  const stdout = openSync(join(path, 'stdout'), flags, 0o600);
  const stderr = openSync(join(path, 'stderr'), flags, 0o600);
  return {
    path,
    stdin,
    stdout,
    stderr,
    close() {
      for (const file of [stdin, stdout, stderr]) closeSync(file);
    },
  };
}

function makeFresh(wanted: string): string {
  for (let copy = 1; ; copy += 1) {
    const path = copy === 1 ? wanted : `${wanted}-${String(copy)}`;
    try {
      mkdirSync(path, { mode: 0o700 });
      return path;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** When a child was started: wall time, ms since 1970, and the monotonic clock of that boot, as far as it is known. */
export interface SpoolStart {
  readonly at: number;
  readonly monotonic: number | undefined;
}

const childFileSchema = z.object({ startedAt: z.number(), startedMonotonic: z.number().optional() });
const contextSchema = z.object({
  worktree: z.string(),
  // Absent from turns that a former version started.
  model: z.string().nullable().default(null),
  sessionId: z.string().nullable(),
  reported: sessionFiguresSchema.nullable(),
  turnLimit: z.int().nullable().default(null),
  home: z.string().nullable(),
});

export function writeChildFile(record: ChildRecord, start: SpoolStart, context: TurnContext): void {
  const path = join(record.spool, 'child.json');
  const { at: startedAt, monotonic: startedMonotonic } = start;
  const text = JSON.stringify({ version: 2, startedAt, startedMonotonic, record, context });
  // Whole or not there: the gate is still shut, and a host that dies here has started nothing.
  writeFileSync(`${path}.tmp`, text + '\n', { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** When the child of this spool was started; undefined without a readable `child.json`. */
export function readStart(spool: string): SpoolStart | undefined {
  const parsed = childFileSchema.safeParse(readJson(join(spool, 'child.json')));
  return parsed.success ? { at: parsed.data.startedAt, monotonic: parsed.data.startedMonotonic } : undefined;
}

/** What the parser of a turn knows; a child that an earlier version of Homer started left no more than who it is. */
export function readContext({ spool, runId, step, attempt }: ChildRecord): TurnContext {
  const file = z.object({ context: contextSchema }).safeParse(readJson(join(spool, 'child.json')));
  const known = file.success
    ? file.data.context
    : { worktree: '', model: null, sessionId: null, reported: null, turnLimit: null, home: null };
  return { runId, step, attempt, ...known };
}

/** Wall time of the last output, ms since 1970; undefined when the files are gone. */
export function lastOutputAt(spool: string): number | undefined {
  const times = STREAMS.flatMap(
    (name) => statSync(join(spool, name), { throwIfNoEntry: false })?.mtimeMs ?? [],
  );
  return times.length === 0 ? undefined : Math.max(...times);
}

/** Whether the output of a turn is still there to be read. */
export function isWhole(spool: string): boolean {
  return STREAMS.every((name) => existsSync(join(spool, name)));
}

/** Bytes of output that the turns of a run have left in their spools. */
export function spooledBytes(root: string, runId: string): number {
  const run = join(root, runId);
  if (!existsSync(run)) return 0;
  let sum = 0;
  for (const turn of readdirSync(run)) sum += turnBytes(join(run, turn));
  return sum;
}

/** Bytes of output in one spool. */
export function turnBytes(spool: string): number {
  return STREAMS.reduce(
    (sum, name) => sum + (statSync(join(spool, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

const STREAMS = ['stdout', 'stderr'] as const;

const endingFileSchema = z.object({ code: z.int().min(0).max(255) });

/** Bytes that a turn which is ended for its output may still print. */
const LAST_WORDS = 4 * 1024 * 1024;

/**
 * Behind the gate of a turn: runs its command as a child of the shell and writes down how it ended. The traps keep the shell
 * alive through SIGTERM to the group (a handler, unlike ignoring, is reset in the command itself). What the shell itself
 * would say, such as "Terminated", is kept out of the command's standard error. One short `write` makes the ending; a reader
 * takes a file without its closing brace as not there yet.
 *
 * Beside it waits a guard, which costs nothing while the host lives: file 3 is held open by the host, so reading it ends when the
 * host does. From then on the guard looks ten times a second whether something was printed, and fifty times while it is; once a stream has
 * passed the limit, or the folder is gone, it ends the tree as the host would have: politely, then for good, half a second later or as soon as it prints much more, what
 * left the group by its tag. The limit holds for each of the two streams. It is no limit of the system on the size of files (`ulimit -f`),
 * which would bound every file that the agent's own work makes.
 */
export const TURN_SCRIPT = [
  'spool=$1 limit=$2',
  'shift 2',
  'exec 4>&2 2>/dev/null',
  'trap : TERM INT HUP QUIT',
  '(',
  '  trap - TERM INT HUP QUIT',
  '  exec 4>&- >/dev/null',
  '  read -r gone <&3',
  '  over() { [ -n "$(find "$spool/stdout" "$spool/stderr" -size +"$1"c)" ]; }',
  '  printed() { [ "$spool/stdout" -nt "$spool/looked" ] || [ "$spool/stderr" -nt "$spool/looked" ]; }',
  '  pause=0 prints=yes',
  '  while :; do',
  // Nobody can ever take up a turn whose folder is gone, so it is ended. (A redirection that fails would end the shell at a `:`.)
  '    [ -d "$spool" ] || break',
  '    true >"$spool/looked"',
  // Asked only when there is something new, since it takes processes; the sleep is one, too.
  '    [ $prints ] && over "$limit" && break',
  '    sleep $pause || sleep 1',
  '    if printed; then pause=0.02 prints=yes; else pause=0.1 prints=; fi',
  '  done',
  "  trap '' TERM INT HUP QUIT",
  '  true >"$spool/flooded"',
  '  kill -TERM 0',
  '  for look in 1 2 3 4 5 6 7 8 9 10; do',
  `    over $((limit + ${String(LAST_WORDS)})) && break`,
  '    sleep 0.05 || { sleep 1; break; }',
  '  done',
  // The group is killed last: the guard is in it.
  `  me=$(exec sh -c 'echo "$PPID"')`,
  '  rest() {',
  '    for file in $(grep -Flsxz "HOMER_TAG=$HOMER_TAG" /proc/[0-9]*/environ); do',
  '      pid=${file#/proc/} pid=${pid%/environ}',
  '      [ "$pid" = "$me" ] || [ "$pid" = "$$" ] || kill -KILL "$pid"',
  '    done',
  '  }',
  '  rest',
  '  sleep 0.2 || sleep 1',
  '  rest',
  `  [ -s "$spool/ending.json" ] || printf '{"code":137}\n' >"$spool/ending.json"`,
  '  kill -KILL 0',
  ') &',
  'guard=$!',
  '"$@" 2>&4 3<&- 4>&-',
  'code=$?',
  '[ -e "$spool/flooded" ] || [ ! -d "$spool" ] || kill -KILL "$guard"',
  'wait "$guard"',
  `printf '{"code":%d}\n' "$code" >"$spool/ending.json"`,
  'exit "$code"',
].join('\n');

export interface SpooledEnding {
  readonly exit: ChildExit;
  /** Wall time, ms since 1970. */
  readonly endedAt: number;
  /** It was ended by its guard, for what it printed while no host watched. */
  readonly flooded: boolean;
}

/** The ending the wrapper wrote; undefined while there is none. */
export function readEnding(spool: string): SpooledEnding | undefined {
  const path = join(spool, 'ending.json');
  const parsed = endingFileSchema.safeParse(readJson(path));
  if (!parsed.success) return undefined;
  return {
    exit: exitOfShell(parsed.data.code, constants.signals),
    endedAt: statSync(path).mtimeMs,
    flooded: existsSync(join(spool, 'flooded')),
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // Not there, or not yet whole: either way there is nothing to read.
    if (error instanceof SyntaxError) return undefined;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
