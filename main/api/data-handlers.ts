import { upkeepTask } from '../domain/upkeep/task.ts';
import { ok } from '../shared/result.ts';
import { findUpkeep } from '../store/upkeep-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

export function dataHandlers({
  store,
  ports,
}: ApiOptions): Pick<Handlers, `data.${string}` & keyof Handlers> {
  return {
    'data.status': async () => {
      const { folder, folders, retention } = await ports.data();
      const { bytes, freeBytes, walBytes } = store.file.space();
      const [newest] = store.backups();
      return ok({
        folder,
        schema: store.schema,
        sizes: { database: bytes, free: freeBytes, writeAheadLog: walBytes, ...folders },
        tables: store.file.rows(),
        lastBackup: newest ? { path: newest.path, createdAt: newest.createdAt, reason: newest.reason } : null,
        upkeep: upkeepTask.values.map((task) => {
          const row = store.read((read) => findUpkeep(read, task));
          return {
            task,
            lastTriedAt: row?.lastTriedAt ?? null,
            lastDoneAt: row?.lastDoneAt ?? null,
            error: row?.error ?? null,
          };
        }),
        retention,
      });
    },
  };
}
