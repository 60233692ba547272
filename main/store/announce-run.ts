import type { Write } from './database.ts';

/** Tells live views that facts of a run changed though its status did not. */
export function announceRun(write: Write, id: string): void {
  write.emit({ type: 'runChanged', entity: 'run', entityId: id, actor: 'runtime' });
}
