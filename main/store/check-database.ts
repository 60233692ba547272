import type { Raw } from './database.ts';

/** Every fault SQLite finds; empty when sound. `full` also reads every page's payload. */
export function checkDatabase(raw: Raw, full: boolean): string[] {
  const rows = raw.pragma(full ? 'integrity_check' : 'quick_check') as Record<string, string>[];
  const faults = rows.flatMap((row) => Object.values(row)).filter((line) => line !== 'ok');
  const orphans = raw.pragma('foreign_key_check') as unknown[];
  return orphans.length > 0
    ? [...faults, `${String(orphans.length)} rows point to rows that are gone`]
    : faults;
}
