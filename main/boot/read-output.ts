import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { redact } from '../agents/redact.ts';
import { cleanText } from '../agents/clean-text.ts';
import { fail, ok, type Result } from '../shared/result.ts';

/** A piece of a turn's raw output from its spool, redacted and without control characters; whole lines where it can. */
export async function readOutput(
  spoolRoot: string,
  runId: string,
  request: { attempt: number; step: number; stream: 'stdout' | 'stderr'; offset: number; limit: number },
): Promise<Result<{ text: string; nextOffset: number; size: number }>> {
  const path = join(spoolRoot, runId, await newestTry(join(spoolRoot, runId), request), request.stream);
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return fail('not_found', 'There is no output of this step.', {
      hint: 'The step has not begun, or its output was removed.',
    });
  }
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.max(0, Math.min(request.limit, size - request.offset)));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, request.offset);
    const cut = request.offset + bytesRead < size ? buffer.lastIndexOf(0x0a, bytesRead - 1) + 1 : bytesRead;
    const used = cut > 0 ? cut : bytesRead;
    return ok({
      text: redact(cleanText(buffer.subarray(0, used).toString('utf8'))),
      nextOffset: request.offset + used,
      size,
    });
  } finally {
    await file.close();
  }
}

/** A turn that was taken again has folders `1-2`, `1-2-2` and so on; the last is what happened. */
async function newestTry(folder: string, turn: { attempt: number; step: number }): Promise<string> {
  const first = `${String(turn.attempt)}-${String(turn.step)}`;
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const copies = names.flatMap((name) =>
    name.startsWith(`${first}-`) ? [Number(name.slice(first.length + 1))] : [],
  );
  return copies.length > 0 ? `${first}-${String(Math.max(...copies))}` : first;
}
