import { flags, type FlagKey } from '../domain/flag/flag.ts';
import type { Read, Write } from './database.ts';
import { text } from './row.ts';

/** The value in force: what was set, else the default. */
export function readFlag(read: Read, key: FlagKey): string {
  const row = read.prepare('SELECT value FROM runtime_flag WHERE key = ?').get(key);
  return row ? text(row, 'value') : flags[key].defaultValue;
}

export function writeFlag(write: Write, key: FlagKey, value: string, actor: string): void {
  write
    .prepare(
      `INSERT INTO runtime_flag (key, value, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    )
    .run(key, value, write.now);
  write.emit({ type: 'flagChanged', entity: 'flag', entityId: key, actor, payload: { value } });
}
