import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files in a folder, whatever depth; 0 when it is not there. What vanishes meanwhile does not count. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await there(() => readdir(folder, { withFileTypes: true }), [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await folderSize(path);
    else if (entry.isFile()) bytes += (await there(() => stat(path), { size: 0 })).size;
  }
  return bytes;
}

/** What `look` finds, or `none` when the thing is not there. */
export async function there<T, N>(look: () => Promise<T>, none: N): Promise<T | N> {
  try {
    return await look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return none;
    throw error;
  }
}
