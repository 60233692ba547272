import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { Meter } from '../shared/meter.ts';
import { catchFailure, messageOf, ok, type Failure, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { createBackup, listBackups, pruneBackups, type Backup } from './backup.ts';
import { checkDatabase } from './check-database.ts';
import { checkInThread } from './check-in-thread.ts';
import { connect, createRead, type Committed, type Raw, type Read, type Write } from './database.ts';
import { createDatabaseFile, type DatabaseFile } from './database-file.ts';
import { createDiskTrouble } from './disk-trouble.ts';
import { openFailure, damagedFailure } from './open-failure.ts';
import { finishReplacing } from './replace-database.ts';
import { ownFolder } from './own-folder.ts';
import { loadMigrations, migrate, pendingMigrations, schemaVersion } from './migrate.ts';
import { createWriter } from './writer.ts';

/**
 * The one door to the database. `read` sees what is committed; `write` is one IMMEDIATE transaction at synchronous FULL whose
 * domain events are stored with the change and published after the commit, in commit order, to every listener.
 */
export interface Store {
  readonly path: string;
  readonly schema: number;
  /** What the leases of this host's runs say: made anew for each opening. */
  readonly owner: string;
  read<T>(work: (read: Read) => T): T;
  write<T>(work: (write: Write) => T): T;
  /** As `write`, with a thrown `FailureError` rolled back and given as a failed `Result`. */
  tryWrite<T>(work: (write: Write) => T): Result<T>;
  /**
   * As `write`, but committed together with what else is asked for in this turn of the event loop; resolves when it is on the disk. For
   * small changes that many runs make at once.
   */
  writeSoon<T>(work: (write: Write) => T): Promise<T>;
  /** As `write`, without waiting for the disk: for output, which a power cut takes back together with how far it was read. */
  writeOutput<T>(work: (write: Write) => T): T;
  onCommit(listener: (committed: Committed) => void): () => void;
  backup(reason: string): Promise<Result<Backup>>;
  backups(): Backup[];
  /** Deletes scheduled backups beyond the newest `keep`, but for `made`; gives how many files went. */
  pruneBackups(keep: number, made: string): number;
  /** What the disk does to writes now, since a write failed and until one succeeds; null while all is well. */
  trouble(): Failure | null;
  /** Writes next to nothing, to find out whether the disk takes writes again; throws as a write does. */
  probe(): void;
  /** Told when the disk begins to refuse writes. */
  onTrouble(listener: () => void): () => void;
  readonly file: DatabaseFile;
  /** Whether the one who had the database open before did not close it: it was killed, or the machine stopped. */
  readonly unclean: boolean;
  /** The full check, in a thread of its own; every fault, none when sound. */
  checkFully(): Promise<string[]>;
  /** Every fault SQLite finds; empty when sound. `full` also reads every page's payload. */
  check(full: boolean): string[];
}

const SLOW_TRANSACTION_MS = 500;
/** Changes nothing, but is a write to SQLite: a page and a commit go to the disk. */
const PROBE =
  'UPDATE schema_migration SET number = number WHERE number = (SELECT MAX(number) FROM schema_migration)';

export interface StoreOptions {
  /** Folder of `homer.sqlite` and `backups/`. */
  readonly folder: string;
  readonly migrationsFolder: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Told how long each transaction took. */
  readonly meter?: Meter;
  readonly scope: Scope;
}

export async function openStore(options: StoreOptions): Promise<Result<Store>> {
  const { folder, clock, ids, log, scope } = options;
  const path = join(folder, 'homer.sqlite');
  const backupsFolder = join(folder, 'backups');
  const migrations = loadMigrations(options.migrationsFolder);
  if (!migrations.ok) return migrations;

  let raw: Raw;
  let unclean = false;
  try {
    ownFolder(folder);
    const finished = finishReplacing(folder);
    if (finished === 'cleared')
      log.warn('a restore or import that was cut off before it changed anything was cleared away');
    else if (finished) log.warn('a restore or import that was cut off was finished', { ...finished });
    unclean = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
    raw = connect(path);
    chmodSync(path, 0o600);
  } catch (error) {
    return await openFailure(path, error, backupsFolder, scope);
  }
  let sound = false;
  let flush = (): void => undefined;
  scope.add('database', () => {
    flush();
    // A file that was refused is not written to, and a damaged one would throw.
    if (sound) raw.pragma('optimize');
    raw.close();
  });

  try {
    const faults = checkDatabase(raw, false);
    if (faults.length > 0) return await damagedFailure(path, faults, backupsFolder, scope);
    const pending = pendingMigrations(raw, migrations.value);
    if (!pending.ok) return pending;
    const before = schemaVersion(raw);
    if (pending.value.length > 0) {
      if (before > 0) {
        const backup = await createBackup(
          raw,
          backupsFolder,
          clock.iso(),
          `before-migration-${String(pending.value[0]?.number)}`,
          scope,
        );
        if (!backup.ok) return backup;
      }
      migrate(raw, pending.value, clock.iso());
      log.info('database migrated', { from: before, to: schemaVersion(raw) });
    }
  } catch (error) {
    return await openFailure(path, error, backupsFolder, scope);
  }

  sound = true;
  const owner = ids.next();
  const read = createRead(raw);
  const listeners = new Set<(committed: Committed) => void>();

  function timed<T>(what: 'read' | 'write', work: () => T): T {
    const began = clock.monotonic();
    try {
      return work();
    } finally {
      const ms = clock.monotonic() - began;
      options.meter?.record(what, ms);
      if (ms > SLOW_TRANSACTION_MS) log.warn('slow transaction', { what, ms: Math.round(ms) });
    }
  }

  function publish(committed: Committed): void {
    for (const listener of [...listeners]) {
      try {
        listener(committed);
      } catch (error) {
        log.error('a listener of the event stream threw', { error: messageOf(error) });
      }
    }
  }

  const disk = createDiskTrouble();
  const { write, writeSoon, writeOutput, ...writer } = createWriter({
    raw,
    read,
    clock,
    ids,
    owner,
    publish,
    timed: (transaction) => disk.noting(() => timed('write', transaction)),
  });
  flush = writer.flush;

  return ok({
    path,
    schema: schemaVersion(raw),
    owner,
    read: (work) => timed('read', () => work(read)),
    write,
    tryWrite: (work) => catchFailure(() => write(work)),
    writeSoon,
    writeOutput,
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    backup: (reason) => createBackup(raw, backupsFolder, clock.iso(), reason, scope),
    backups: () => listBackups(backupsFolder),
    pruneBackups: (keep, made) => pruneBackups(backupsFolder, keep, made),
    trouble: disk.trouble,
    probe() {
      write((probing) => void probing.prepare(PROBE).run());
    },
    onTrouble: disk.onTrouble,
    file: createDatabaseFile(raw, path),
    unclean,
    checkFully: () => checkInThread(path, scope),
    check: (full) => checkDatabase(raw, full),
  });
}
