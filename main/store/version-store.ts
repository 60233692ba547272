import type { Read, Write } from './database.ts';
import { text } from './row.ts';

/** The version of Homer that writes a database; null: it was last written before that was noted. */
export function writtenBy(read: Read): string | null {
  const row = read.prepare('SELECT version FROM homer_version ORDER BY id DESC LIMIT 1').get();
  return row ? text(row, 'version') : null;
}

/** Notes which version writes from now on; nothing when it is the one that did before. */
export function noteVersion(write: Write, version: string): void {
  if (writtenBy(write) === version) return;
  write.prepare('INSERT INTO homer_version (version, since) VALUES (?, ?)').run(version, write.now);
}
