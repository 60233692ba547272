import {
  closeSync,
  constants as fsConstants,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChildExit } from '../executor.ts';
import type { ChildRecord } from '../runner.ts';
import { exitOfShell } from './launch-gated.ts';

/**
 * The folder of one turn: `prompt` (the child's standard input), `stdout`, `stderr`, `child.json` (who the child is, written
 * before its gate opens), `ending.json` (how it ended, written by the child's own wrapper). Readable for the owner alone.
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

const childFileSchema = z.object({ startedAt: z.number() });

export function writeChildFile(record: ChildRecord, startedAt: number): void {
  const path = join(record.spool, 'child.json');
  writeFileSync(`${path}.tmp`, JSON.stringify({ version: 1, startedAt, record }) + '\n', { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** Wall time at which the child of this spool was started, ms since 1970; undefined without a readable `child.json`. */
export function readStartedAt(spool: string): number | undefined {
  const parsed = childFileSchema.safeParse(readJson(join(spool, 'child.json')));
  return parsed.success ? parsed.data.startedAt : undefined;
}

const endingFileSchema = z.object({ code: z.int().min(0).max(255) });

/**
 * Behind the gate of a turn: runs its command as a child of the shell and writes down how it ended. The traps keep the shell
 * alive through SIGTERM to the group (a handler, unlike ignoring, is reset in the command itself). What the shell itself
 * would say, such as "Terminated", is kept out of the command's standard error. One short `write` makes the ending; a reader
 * takes a file without its closing brace as not there yet.
 */
export const TURN_SCRIPT = [
  'spool=$1',
  'shift',
  'exec 4>&2 2>/dev/null',
  'trap : TERM INT HUP QUIT',
  '"$@" 2>&4 4>&-',
  'code=$?',
  `printf '{"code":%d}\\n' "$code" >"$spool/ending.json"`,
  'exit "$code"',
].join('\n');

export interface SpooledEnding {
  readonly exit: ChildExit;
  /** Wall time, ms since 1970. */
  readonly endedAt: number;
}

/** The ending the wrapper wrote; undefined while there is none. */
export function readEnding(spool: string): SpooledEnding | undefined {
  const path = join(spool, 'ending.json');
  const parsed = endingFileSchema.safeParse(readJson(path));
  if (!parsed.success) return undefined;
  return { exit: exitOfShell(parsed.data.code, constants.signals), endedAt: statSync(path).mtimeMs };
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
