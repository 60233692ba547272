import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';

const MOST_BYTES = 4 * 1024 * 1024;
const LOOK_MS = 300;

/** The newest lines of a host's log file, oldest first; with `follow` new ones as they are written, over rotations, until the signal. */
export async function readLog(options: {
  dataDir: string;
  lines: number;
  follow: boolean;
  signal: AbortSignal;
  clock: Clock;
  line: (line: string) => void;
}): Promise<Result<void>> {
  const { lines, signal, clock } = options;
  const file = join(options.dataDir, 'logs', 'homer.log');
  if (!existsSync(file))
    return fail('not_found', `There is no log at ${file}.`, {
      hint: 'Homer writes one when it starts; `--data DIR` chooses another data folder.',
    });
  let at = readEnd(file);
  for (const line of at.text.split('\n').filter(Boolean).slice(-lines)) options.line(line);
  if (!options.follow) return ok(undefined);
  const scope = createScope('log');
  const stop = (): void => void scope.close();
  signal.addEventListener('abort', stop);
  let begun = '';
  while (!signal.aborted) {
    await clock.sleep(scope, LOOK_MS);
    if (!existsSync(file)) continue;
    const now = readFrom(file, at);
    begun += now.text;
    at = now;
    const whole = begun.split('\n');
    begun = whole.pop() ?? '';
    for (const line of whole) if (line !== '') options.line(line);
  }
  signal.removeEventListener('abort', stop);
  await scope.close();
  return ok(undefined);
}

interface Place {
  readonly inode: number;
  readonly size: number;
  readonly text: string;
}

function readEnd(file: string): Place {
  return read(file, (size) => Math.max(0, size - MOST_BYTES));
}

/** What was written since; all of a file that took the place of the former one. */
function readFrom(file: string, { inode, size }: Place): Place {
  return read(file, (now, other) => (other !== inode || now < size ? 0 : size));
}

function read(file: string, from: (size: number, inode: number) => number): Place {
  const handle = openSync(file, 'r');
  try {
    const { size, ino } = fstatSync(handle);
    const start = from(size, ino);
    const bytes = Buffer.alloc(Math.min(MOST_BYTES, size - start));
    const length = readSync(handle, bytes, 0, bytes.length, start);
    return { inode: ino, size: start + length, text: bytes.toString('utf8', 0, length) };
  } finally {
    closeSync(handle);
  }
}
