import { existsSync } from 'node:fs';
import { connect, createRead, type Raw } from './database.ts';
import { schemaVersion } from './migrate.ts';
import { writtenBy } from './version-store.ts';

/** What a database holds, in a few figures. */
export interface Holdings {
  readonly proposals: number;
  readonly runs: number;
  readonly decisions: number;
  /** Sequence and time of the newest domain event; null without any. */
  readonly newest: { readonly seq: number; readonly at: string } | null;
}

/** What the file of a backup says of itself. */
export interface BackupFacts extends Holdings {
  readonly schema: number;
  /** The Homer that wrote it; null when that was not noted yet. */
  readonly version: string | null;
}

/** What going from a database to a backup of it would take away. */
export interface Lost {
  /** Changes since the last one both know. */
  readonly changes: number;
  /** When that was; null when they share none. */
  readonly since: string | null;
  /** Of what there is now, what the backup does not know. */
  readonly proposals: number;
  readonly runs: number;
  readonly decisions: number;
}

/** Looks into a database file without changing it; null when there is none, or it cannot be read. */
export function readHoldings(path: string): Holdings | null {
  return look(path, holdingsIn);
}

/** As `readHoldings`, with where a backup comes from. */
export function readBackupFacts(path: string): BackupFacts | null {
  return look(path, (raw) => {
    const schema = schemaVersion(raw);
    const noted = raw.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'homer_version'").get();
    return {
      ...holdingsIn(raw),
      schema,
      version: noted === undefined ? null : writtenBy(createRead(raw)),
    };
  });
}

/** What the present database has that a backup has not; the backup must be sound. */
export function compareWithBackup(present: string, backup: string): Lost {
  const raw = connect(present, { readonly: true });
  try {
    raw.prepare('ATTACH DATABASE ? AS backup').run(backup);
    // Numbers of changes alone do not tell: the backup may be of another past than this one, left behind by an earlier restore.
    const common = raw
      .prepare<[], { seq: number; at: string }>(
        `SELECT mine.seq, mine.at FROM main.domain_event mine JOIN backup.domain_event theirs
           ON theirs.seq = mine.seq AND theirs.at = mine.at AND theirs.type = mine.type AND theirs.entity_id = mine.entity_id
         ORDER BY mine.seq DESC LIMIT 1`,
      )
      .get();
    const count = (sql: string, ...values: number[]): number =>
      Number(
        raw
          .prepare(sql)
          .pluck()
          .get(...values),
      );
    const unknown = (table: string): number =>
      count(`SELECT COUNT(*) FROM main.${table} WHERE id NOT IN (SELECT id FROM backup.${table})`);
    return {
      changes: count('SELECT COUNT(*) FROM main.domain_event WHERE seq > ?', common?.seq ?? 0),
      since: common?.at ?? null,
      proposals: unknown('proposal'),
      runs: unknown('run'),
      decisions: unknown('decision'),
    };
  } finally {
    raw.close();
  }
}

function look<T>(path: string, at: (raw: Raw) => T): T | null {
  if (!existsSync(path)) return null;
  try {
    const raw = connect(path, { readonly: true });
    try {
      return at(raw);
    } finally {
      raw.close();
    }
  } catch {
    // Damaged, or of something else: whoever asks says so by a check, which names what is wrong.
    return null;
  }
}

function holdingsIn(raw: Raw): Holdings {
  const count = (table: string): number => Number(raw.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get());
  const newest = raw
    .prepare<[], { seq: number; at: string }>('SELECT seq, at FROM domain_event ORDER BY seq DESC LIMIT 1')
    .get();
  return {
    proposals: count('proposal'),
    runs: count('run'),
    decisions: count('decision'),
    newest: newest ?? null,
  };
}
