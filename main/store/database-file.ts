import { statSync } from 'node:fs';
import type { Raw } from './database.ts';

/** The database as a file: how big it is, and how it is kept small. Sizes in bytes. */
export interface DatabaseFile {
  /** What it takes on the disk; `freeBytes` of it hold nothing and can be given back. */
  space(): { bytes: number; freeBytes: number; walBytes: number };
  /** Moves what is in the write-ahead log into the database and empties the log; false while somebody else reads or writes. */
  checkpoint(): boolean;
  /** Gives at most `bytes` of free space back to the disk, in a moment; true when there was something to give. */
  shrink(bytes: number): boolean;
  /** Rows of every table, by name. */
  rows(): { name: string; rows: number }[];
}

export function createDatabaseFile(raw: Raw, path: string): DatabaseFile {
  const number = (pragma: string): number => Number(raw.pragma(pragma, { simple: true }));
  return {
    space() {
      const page = number('page_size');
      return {
        bytes: number('page_count') * page,
        freeBytes: number('freelist_count') * page,
        walBytes: statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      };
    },
    checkpoint() {
      if (raw.inTransaction) return false;
      const [row] = raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      return row?.busy === 0;
    },
    shrink(bytes) {
      const free = number('freelist_count');
      if (free === 0 || raw.inTransaction) return false;
      raw.pragma(`incremental_vacuum(${String(Math.max(1, Math.floor(bytes / number('page_size'))))})`);
      return number('freelist_count') < free;
    },
    rows() {
      const tables = raw
        .prepare<[], { name: string }>(
          `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
        )
        .all();
      return tables.map(({ name }) => ({
        name,
        rows: Number(raw.prepare(`SELECT COUNT(*) FROM "${name}"`).pluck().get()),
      }));
    },
  };
}
