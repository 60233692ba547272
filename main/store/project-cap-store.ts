import type { Read, Write } from './database.ts';
import { int, staleVersion, text } from './row.ts';

/** Projects with a daily cap of their own. */
export function listProjectCaps(read: Read): { projectId: string; name: string; capMicroUsd: number }[] {
  return read
    .prepare(
      'SELECT id, name, daily_cap_micro_usd FROM project WHERE daily_cap_micro_usd IS NOT NULL ORDER BY name',
    )
    .all()
    .map((row) => ({
      projectId: text(row, 'id'),
      name: text(row, 'name'),
      capMicroUsd: int(row, 'daily_cap_micro_usd'),
    }));
}

/** Sets or takes away what a project may cost in a day. Throws `stale_version` when the project is gone. */
export function setProjectCap(
  write: Write,
  projectId: string,
  capMicroUsd: number | null,
  actor: string,
): void {
  const { changes } = write
    .prepare('UPDATE project SET daily_cap_micro_usd = ?, version = version + 1, updated_at = ? WHERE id = ?')
    .run(capMicroUsd, write.now, projectId);
  if (changes !== 1) throw staleVersion('project');
  write.emit({
    type: 'projectUpdated',
    entity: 'project',
    entityId: projectId,
    actor,
    payload: { changed: ['dailyCapMicroUsd'] },
  });
}
