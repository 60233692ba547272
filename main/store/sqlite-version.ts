import type { Read } from './database.ts';
import { text } from './row.ts';

export function sqliteVersion(read: Read): string {
  const row = read.prepare('SELECT sqlite_version() AS version').get();
  if (!row) throw new Error('SQLite did not say its version.');
  return text(row, 'version');
}
