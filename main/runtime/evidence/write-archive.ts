import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Zip } from 'fflate';
import type { PackedFile } from '../../domain/run/evidence.ts';
import { createDeflated } from './deflated-entry.ts';
import type { PackEntry } from './pack-files.ts';

/**
 * Writes entries into a zip archive, one after another, never holding more than a piece of one, nor the event loop for longer. `last` is asked for the closing entries
 * once all others are written and their digests known. Gives every file but the closing ones.
 */
export async function writeArchive(
  file: FileHandle,
  entries: readonly PackEntry[],
  mtime: number,
  last: (files: readonly PackedFile[]) => PackEntry[],
): Promise<PackedFile[]> {
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else ready.push(chunk);
  });
  const flush = async (): Promise<void> => {
    if (failure) throw failure;
    const chunks = ready;
    ready = [];
    for (const chunk of chunks) if (chunk.length > 0) await file.write(chunk);
  };
  const add = async ({ path, content }: PackEntry): Promise<PackedFile> => {
    const deflated = createDeflated(path, mtime);
    zip.add(deflated.entry);
    const hash = createHash('sha256');
    try {
      for await (const piece of content) {
        const data = Buffer.from(piece, 'utf8');
        hash.update(data);
        await deflated.push(data);
        await flush();
      }
      await deflated.end();
    } finally {
      deflated.close();
    }
    await flush();
    return { path, bytes: deflated.entry.size, sha256: hash.digest('hex') };
  };
  const files: PackedFile[] = [];
  for (const entry of entries) files.push(await add(entry));
  for (const entry of last(files)) await add(entry);
  zip.end();
  await flush();
  return files;
}
