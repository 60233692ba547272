import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTime } from '../../shared/clock.ts';
import { folderSize, there } from '../../shared/folder-size.ts';

/** Sizes in bytes; `before` is ISO. */
export interface OutputFolders {
  list(before: string): Promise<string[]>;
  size(runId: string): Promise<number>;
  remove(runId: string): Promise<number>;
}

/** Raw output on the disk: a folder for each run below `spoolRoot`. */
export function createOutputFolders(spoolRoot: string): OutputFolders {
  return {
    async list(before) {
      const old: string[] = [];
      for (const entry of await there(() => readdir(spoolRoot, { withFileTypes: true }), [])) {
        if (!entry.isDirectory()) continue;
        const found = await there(() => stat(join(spoolRoot, entry.name)), null);
        if (found && found.mtimeMs < parseTime(before)) old.push(entry.name);
      }
      return old;
    },
    size: (runId) => folderSize(join(spoolRoot, runId)),
    async remove(runId) {
      const bytes = await folderSize(join(spoolRoot, runId));
      await rm(join(spoolRoot, runId), { recursive: true, force: true });
      return bytes;
    },
  };
}
