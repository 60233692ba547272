import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../shared/result.ts';
import { createRead, type Raw } from './database.ts';
import { writtenBy } from './version-store.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly hash: string;
}

const FILE = /^(\d{4})-([a-z0-9-]+)\.sql$/u;

/**
 * Reads `NNNN-name.sql` files in order and checks each against the hash pinned in `hashes.json`, so that a migration that
 * has been released can never change unnoticed.
 */
export function loadMigrations(folder: string): Result<Migration[]> {
  const pinned = JSON.parse(readFileSync(join(folder, 'hashes.json'), 'utf8')) as Record<string, string>;
  const migrations: Migration[] = [];
  for (const file of readdirSync(folder).sort()) {
    const match = FILE.exec(file);
    if (!match) continue;
    const sql = readFileSync(join(folder, file), 'utf8');
    const hash = createHash('sha256').update(sql).digest('hex');
    if (pinned[file] !== hash)
      return fail('migration_changed', `The migration ${file} is not the one that was pinned.`, {
        hint: 'Reinstall Homer. While developing, a new migration is pinned with `node scripts/pin-migrations.mjs`.',
      });
    migrations.push({ number: Number(match[1]), name: match[2] ?? '', sql, hash });
  }
  return ok(migrations);
}

/** The highest number of a migration applied; 0 for an empty file. Kept in `user_version`, which SQLite writes in the same transaction. */
export function schemaVersion(raw: Raw): number {
  return Number(raw.pragma('user_version', { simple: true }));
}

/**
 * What is still to be applied, or a refusal when the file was written by a newer Homer. What has been applied is read from
 * `schema_migration`, not from the highest number: two changes made side by side may land in the other order.
 */
export function pendingMigrations(raw: Raw, migrations: readonly Migration[]): Result<Migration[]> {
  const version = schemaVersion(raw);
  const newest = migrations.at(-1)?.number ?? 0;
  if (version > newest)
    return fail(
      'newer_database',
      `This database was written by a newer Homer${writer(raw)} (schema ${String(version)}; this one knows ${String(newest)}).`,
      {
        hint: 'Install the newer version again, or start this one with another data folder (`--data DIR`).',
      },
    );
  const applied = new Set(
    version === 0 ? [] : raw.prepare('SELECT number FROM schema_migration').pluck().all(),
  );
  return ok(migrations.filter(({ number }) => !applied.has(number)));
}

/** Its version, where that was noted, to be said after its name. */
function writer(raw: Raw): string {
  const noted = raw.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'homer_version'").get();
  const version = noted === undefined ? null : writtenBy(createRead(raw));
  return version === null ? '' : ` ${version}`;
}

/**
 * Applies migrations one by one, each whole or not at all. Foreign keys do not act meanwhile: a table that is made anew would take the rows
 * that refer to it along. One that drops a table is held to leaving no more references without their rows than it found.
 */
export function migrate(raw: Raw, pending: readonly Migration[], now: string): void {
  const acting = raw.pragma('foreign_keys', { simple: true });
  raw.pragma('foreign_keys = OFF');
  try {
    for (const migration of pending) apply(raw, migration, now);
  } finally {
    raw.pragma(`foreign_keys = ${String(acting)}`);
  }
}

function apply(raw: Raw, migration: Migration, now: string): void {
  raw
    .transaction(() => {
      const drops = /^DROP TABLE /mu.test(migration.sql);
      const before = drops ? danglingReferences(raw) : 0;
      raw.exec(migration.sql);
      if (drops && danglingReferences(raw) > before)
        throw new Error(`The migration ${migration.name} would leave references without their rows.`);
      raw.exec(
        'CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT',
      );
      raw
        .prepare('INSERT INTO schema_migration (number, name, hash, applied_at) VALUES (?, ?, ?, ?)')
        .run(migration.number, migration.name, migration.hash, now);
      raw.pragma(`user_version = ${String(Math.max(schemaVersion(raw), migration.number))}`);
    })
    .immediate();
}

function danglingReferences(raw: Raw): number {
  return (raw.pragma('foreign_key_check') as unknown[]).length;
}
