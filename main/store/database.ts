import Database from 'better-sqlite3';
import type { DomainEvent, DomainEventType, EventEntity } from '../domain/event.ts';
import type { JsonObject } from '../domain/primitives.ts';

type Statement = Database.Statement<unknown[], Row>;
/** A row as SQLite gives it. Column names are snake_case; each store maps its own. */
export type Row = Record<string, string | number | null>;

/** What reading functions take. Statements are prepared once for each text. */
export interface Read {
  readonly prepare: (sql: string) => Statement;
}

export interface NewDomainEvent {
  readonly type: DomainEventType;
  readonly entity: EventEntity;
  readonly entityId: string;
  readonly actor: string;
  readonly payload?: JsonObject;
}

/** What writing functions take; it exists only inside a transaction. */
export interface Write extends Read {
  /** Time of this transaction, ISO. */
  readonly now: string;
  /** Who writes: the host, as its leases name it. */
  readonly owner: string;
  readonly nextId: () => string;
  /** Records a domain event with this change; it is published once the transaction has committed. */
  readonly emit: (event: NewDomainEvent) => void;
  /** Notes that a run's timeline grew to `seq`; published, not stored. */
  readonly noteTail: (runId: string, seq: number) => void;
}

/** What a transaction made known, published after its commit. */
export interface Committed {
  readonly events: readonly DomainEvent[];
  readonly tails: ReadonlyMap<string, number>;
}

export type Raw = Database.Database;

/** What a write-ahead log is cut down to once its content is in the database. */
const WAL_LIMIT_BYTES = 16 * 1024 * 1024;

/** Opens a connection with Homer's settings; throws what SQLite throws. */
export function connect(path: string, options: { readonly?: boolean } = {}): Raw {
  const raw = new Database(path, { readonly: options.readonly ?? false });
  raw.pragma('busy_timeout = 5000');
  if (!options.readonly) {
    // Before anything is written to a new file: then free pages can be given back in small steps, without a long lock.
    if (raw.pragma('page_count', { simple: true }) === 0) raw.pragma('auto_vacuum = INCREMENTAL');
    raw.pragma('journal_mode = WAL');
    raw.pragma(`journal_size_limit = ${String(WAL_LIMIT_BYTES)}`);
    raw.pragma('synchronous = FULL');
  }
  raw.pragma('foreign_keys = ON');
  raw.pragma('trusted_schema = OFF');
  raw.pragma('temp_store = MEMORY');
  return raw;
}

export function createRead(raw: Raw): Read {
  const prepared = new Map<string, Statement>();
  return {
    prepare(sql) {
      let statement = prepared.get(sql);
      if (!statement) {
        statement = raw.prepare<unknown[], Row>(sql);
        prepared.set(sql, statement);
      }
      return statement;
    },
  };
}
