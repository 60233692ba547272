import type { Run } from '../domain/run/run.ts';
import type { Read, Write } from './database.ts';
import { bool, int, notFound, text, textOrNull } from './row.ts';

/** What the loop alone needs to know of a run. */
export interface RunLoopState {
  readonly stepBase: number;
  readonly requested: '' | 'pause' | 'pause_now' | 'stop';
  readonly leaseOwner: string | null;
  /** Paused, or asked to, because everything was. */
  readonly byHold: boolean;
}

export function getRunLoopState(read: Read, id: string): RunLoopState {
  const row = read.prepare('SELECT step_base, requested, lease_owner, by_hold FROM run WHERE id = ?').get(id);
  if (!row) throw notFound('run', id);
  return {
    stepBase: int(row, 'step_base'),
    requested: text(row, 'requested') as RunLoopState['requested'],
    leaseOwner: textOrNull(row, 'lease_owner'),
    byHold: bool(row, 'by_hold'),
  };
}

/** Whether its owner wants it paused and it still works. What everything waits for is let go with everything (run-hold-store.ts). */
export function pauseWaits(read: Read, { id, status }: Pick<Run, 'id' | 'status'>): boolean {
  if (status !== 'running' && status !== 'validating') return false;
  const { requested, byHold } = getRunLoopState(read, id);
  return requested === 'pause' && !byHold;
}

/** Asks the loop for something at its next safe point. */
export function requestOfRun(
  write: Write,
  id: string,
  requested: RunLoopState['requested'],
  actor: string,
  byHold = false,
): void {
  write
    .prepare('UPDATE run SET requested = ?, by_hold = ?, updated_at = ? WHERE id = ?')
    .run(requested, byHold ? 1 : 0, write.now, id);
  write.emit({ type: 'runChanged', entity: 'run', entityId: id, actor, payload: { requested } });
}
