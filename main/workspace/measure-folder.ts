import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoreMissing } from './workspace-paths.ts';

/**
 * Bytes on the disk, as `du` counts them, without following links. Asked before each folder, `goOn` ends it early: then what was
 * counted is given with `whole` false.
 */
export async function measureFolder(
  folder: string,
  goOn: () => boolean,
): Promise<{ bytes: number; whole: boolean }> {
  let bytes = 0;
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!goOn()) return { bytes, whole: false };
    const opened = await opendir(next).catch(ignoreMissing);
    if (!opened) continue;
    for await (const entry of opened) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) pending.push(path);
      bytes += ((await lstat(path).catch(ignoreMissing))?.blocks ?? 0) * 512;
    }
  }
  return { bytes, whole: true };
}
