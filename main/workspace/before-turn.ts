import { createHash } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Git } from './git.ts';
import { recordNames } from './names-before.ts';
import type { NamesBefore } from './names-before.ts';
import { readPlain, usePlain, writePlain } from './plain-file.ts';
import type { Repository } from './repository.ts';
import { readSharedRefs } from './shared-refs.ts';
import type { SharedRefs } from './shared-refs.ts';
import type { RunPlace } from './workspace-paths.ts';

/** What is too much for a marker and is kept in a file beside the worktree; the marker holds its digest. */
export interface BeforeTurn {
  readonly names: NamesBefore;
  readonly refs: SharedRefs;
  /** Of the owner's own checkout: what HEAD says, and the last line of its log; null without a log. */
  readonly head: string;
  readonly headLog: string | null;
}

const fileOf = (run: RunPlace): string => join(run.gitDir, 'homer-before.json');
const digestOf = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes down what stands before a turn; gives the digest that vouches for it. */
export async function writeBefore(git: Git, repository: Repository, run: RunPlace): Promise<string> {
  const [names, refs, head] = await Promise.all([
    recordNames(git.clock, run.path),
    readSharedRefs(repository),
    readHead(repository),
  ]);
  const text = JSON.stringify({ names, refs, ...head } satisfies BeforeTurn);
  writePlain(fileOf(run), text);
  return digestOf(text);
}

/** Null when the file is not the one that was written. */
export async function readBefore(run: RunPlace, digest: string): Promise<BeforeTurn | null> {
  const bytes = await readPlain(fileOf(run));
  if (bytes === undefined || digestOf(bytes) !== digest) return null;
  return JSON.parse(bytes.toString('utf8')) as BeforeTurn;
}

export async function readHead(
  repository: Repository,
): Promise<{ readonly head: string; readonly headLog: string | null }> {
  const head = await readPlain(join(repository.gitDir, 'HEAD'));
  const headLog = lastLine(join(repository.gitDir, 'logs', 'HEAD'));
  return { head: (head ?? '').toString().trim(), headLog };
}

const TAIL_BYTES = 4_096;

function lastLine(file: string): string | null {
  const line = usePlain(file, (opened) => {
    const { size } = fstatSync(opened);
    const tail = Buffer.alloc(Math.min(TAIL_BYTES, size));
    const bytesRead = readSync(opened, tail, 0, tail.length, size - tail.length);
    return size === 0 ? null : tail.toString('utf8', 0, bytesRead).trimEnd().split('\n').at(-1);
  });
  return line ?? null;
}
