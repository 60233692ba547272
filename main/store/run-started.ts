import type { Read } from './database.ts';

/** Whether any run was ever let go: approved, or in no need of it. */
export function someRunStarted(read: Read): boolean {
  return read.prepare('SELECT 1 FROM run WHERE started_at IS NOT NULL LIMIT 1').get() !== undefined;
}
