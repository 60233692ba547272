import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { previewOldData } from '../runtime/clear-old-data.ts';
import type { OutputFolders } from '../runtime/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { Store } from '../store/store.ts';
import { folderSize, there } from '../shared/folder-size.ts';

/** The sizes of a data folder's parts, in bytes, and what retention would free. */
export async function measureData(at: {
  dataDir: string;
  store: Store;
  outputs: OutputFolders;
  clock: Clock;
}): Promise<{
  folder: string;
  folders: { rawOutput: number; backups: number; logs: number; archives: number; setAside: number };
  retention: Awaited<ReturnType<typeof previewOldData>>;
}> {
  const { dataDir } = at;
  const size = (name: string): Promise<number> => folderSize(join(dataDir, name));
  let setAside = 0;
  for (const name of await readdir(dataDir))
    if (name.includes('.set-aside-'))
      setAside += (await there(() => stat(join(dataDir, name)), { size: 0 })).size;
  return {
    folder: dataDir,
    folders: {
      rawOutput: await size('spool'),
      backups: await size('backups'),
      logs: await size('logs'),
      archives: await size('archive'),
      setAside,
    },
    retention: await previewOldData(at),
  };
}
