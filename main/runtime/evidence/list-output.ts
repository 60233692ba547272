import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanText } from '../../agents/clean-text.ts';
import { createLineSplitter, LINE_CAP } from '../../agents/process/line-splitter.ts';
import { createRedactor } from '../../agents/redact.ts';

/** One file of a turn's spool: what went in, or what came out of one stream. */
export interface OutputFile {
  /** `attempt-step/stream.txt`, as it stands in the archive. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

const STREAMS = ['prompt', 'stdout', 'stderr'] as const;
const PIECE = 64 * 1024;

/** The spool files of a run, in the order of their turns; none when they were cleared. */
export async function listOutput(spoolRoot: string, runId: string): Promise<OutputFile[]> {
  const folder = join(spoolRoot, runId);
  const turns = await readdir(folder).catch(noneWhenGone);
  const files: OutputFile[] = [];
  for (const turn of turns.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })))
    for (const stream of STREAMS) {
      const path = join(folder, turn, stream);
      const found = await stat(path).catch(() => null);
      if (found?.isFile()) files.push({ name: `${turn}/${stream}.txt`, path, bytes: found.size });
    }
  return files;
}

function noneWhenGone(error: unknown): string[] {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return [];
  throw error;
}

/** A spool file in pieces of whole lines, redacted and without control characters. Holds no more than a line of the cap and a piece. */
export async function* readRedacted(path: string): AsyncGenerator<string> {
  const redact = createRedactor();
  let lines: string[] = [];
  let size = 0;
  const splitter = createLineSplitter(LINE_CAP, (text, bytes, dropped) => {
    lines.push(dropped > 0 ? `${text}… [${String(dropped)} bytes of this line left out]` : text);
    size += bytes;
    return false;
  });
  const take = (): string => {
    const piece = redact(cleanText(`${lines.join('\n')}\n`));
    lines = [];
    size = 0;
    return piece;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 64 * 1024 })) {
    splitter.push(chunk as Buffer, 0);
    if (size >= PIECE) yield take();
  }
  splitter.end();
  if (lines.length > 0) yield take();
}
