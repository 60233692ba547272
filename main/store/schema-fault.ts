import { connect } from './database.ts';
import { pendingMigrations, schemaVersion, type Migration } from './migrate.ts';

/** Why this Homer cannot go on with a sound database file, as the end of a sentence; null when it can. */
export function schemaFault(path: string, migrations: readonly Migration[]): string | null {
  const raw = connect(path, { readonly: true });
  try {
    const schema = schemaVersion(raw);
    if (schema === 0) return 'it is not a database of Homer';
    const newest = migrations.at(-1)?.number ?? 0;
    if (schema > newest)
      return `it was written by a newer Homer (its schema is ${String(schema)}, this one knows ${String(newest)})`;
    const pending = pendingMigrations(raw, migrations);
    return pending.ok ? null : pending.error.message;
  } finally {
    raw.close();
  }
}
