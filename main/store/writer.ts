import type { DomainEvent } from '../domain/event.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Committed, Raw, Read, Write } from './database.ts';
import { storeFailure } from './store-failure.ts';

/**
 * How changes reach the disk.
 *
 * - `write` is one IMMEDIATE transaction, committed at synchronous FULL when it returns.
 * - `writeSoon` joins the group of this turn of the event loop: all of it is one transaction, so that many small changes share one wait
 *   for the disk. Each has a savepoint: one that throws is undone and rejected alone. A promise resolves when its change is on the disk,
 *   never before, so what was acknowledged is kept whichever way it was written. Changes of a group happen in the order they were given.
 * - `writeOutput` does not wait for the disk: a crash of Homer loses nothing of it, a power cut may. The next `write` waits for it as well.
 * - `write` commits a group that waits first, so whoever reads and writes now stands after everything asked for before.
 * - What a transaction made known is published after its commit, in commit order.
 */
export interface Writer {
  write<T>(work: (write: Write) => T): T;
  writeSoon<T>(work: (write: Write) => T): Promise<T>;
  /** As `write`, at synchronous NORMAL: for what is read from a spool and can be read from it again. */
  writeOutput<T>(work: (write: Write) => T): T;
  /** Commits the group that waits now. */
  flush(): void;
}

interface Changes {
  readonly events: DomainEvent[];
  readonly tails: Map<string, number>;
}

interface Member {
  readonly work: (write: Write) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export function createWriter(options: {
  raw: Raw;
  read: Read;
  clock: Clock;
  ids: Ids;
  owner: string;
  publish: (committed: Committed) => void;
  /** Runs a transaction and takes its time. */
  timed: <T>(transaction: () => T) => T;
}): Writer {
  const { raw, read, clock, ids, owner, publish, timed } = options;
  const run = (sql: string): (() => void) => {
    const statement = raw.prepare(sql);
    return () => void statement.run();
  };
  const [begin, commit, rollback] = [run('BEGIN IMMEDIATE'), run('COMMIT'), run('ROLLBACK')];
  const mark = { set: run('SAVEPOINT member'), keep: run('RELEASE member'), undo: run('ROLLBACK TO member') };
  // Not prepared: it takes effect when it is, not when it runs.
  const relax = (): void => void raw.pragma('synchronous = NORMAL');
  const insist = (): void => void raw.pragma('synchronous = FULL');
  const insertEvent = read.prepare(
    'INSERT INTO domain_event (type, entity, entity_id, actor, payload, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  let group: Member[] = [];

  const writer: Writer = {
    write(work) {
      if (raw.inTransaction) throw new Error('A write began inside another write.');
      writer.flush();
      const changes: Changes = { events: [], tails: new Map() };
      const value = timed(() => transact(() => finished(work(handle(changes, clock.iso())))));
      tell(changes);
      return value;
    },
    writeOutput(work) {
      if (raw.inTransaction) throw new Error('A write began inside another write.');
      writer.flush();
      relax();
      try {
        return writer.write(work);
      } finally {
        insist();
      }
    },
    writeSoon<T>(work: (write: Write) => T) {
      return new Promise<T>((resolve, reject) => {
        if (group.length === 0) setImmediate(writer.flush);
        group.push({ work, resolve: resolve as (value: unknown) => void, reject });
      });
    },
    flush() {
      if (group.length === 0) return;
      const members = group;
      group = [];
      try {
        const { changes, settled } = timed(() => transact(() => doAll(members)));
        tell(changes);
        for (const settle of settled) settle();
      } catch (error) {
        for (const { reject } of members) reject(error);
      }
    },
  };
  return writer;

  function doAll(members: readonly Member[]): { changes: Changes; settled: (() => void)[] } {
    const changes: Changes = { events: [], tails: new Map() };
    const settled: (() => void)[] = [];
    const now = clock.iso();
    for (const { work, resolve, reject } of members) {
      const own: Changes = { events: [], tails: new Map() };
      mark.set();
      try {
        const value = finished(work(handle(own, now)));
        mark.keep();
        changes.events.push(...own.events);
        for (const [runId, seq] of own.tails) changes.tails.set(runId, seq);
        settled.push(() => {
          resolve(value);
        });
      } catch (error) {
        // Some faults of the disk end the whole transaction; then nothing of the group was kept.
        if (!raw.inTransaction) throw error;
        mark.undo();
        mark.keep();
        settled.push(() => {
          reject(storeFailure(error) ?? error);
        });
      }
    }
    return { changes, settled };
  }

  function handle({ events, tails }: Changes, now: string): Write {
    return {
      prepare: read.prepare,
      owner,
      now,
      nextId: ids.next,
      emit: ({ type, entity, entityId, actor, payload = {} }) => {
        const stored = insertEvent.run(type, entity, entityId, actor, JSON.stringify(payload), now);
        events.push({ seq: Number(stored.lastInsertRowid), type, entity, entityId, actor, at: now, payload });
      },
      noteTail: (runId, seq) => tails.set(runId, seq),
    };
  }

  /** Runs a transaction; what the disk does to it is an expected failure, and nothing of it is kept. */
  function transact<T>(work: () => T): T {
    try {
      begin();
      const value = work();
      commit();
      return value;
    } catch (error) {
      if (raw.inTransaction) rollback();
      throw storeFailure(error) ?? error;
    }
  }

  function tell(changes: Changes): void {
    if (changes.events.length > 0 || changes.tails.size > 0) publish(changes);
  }
}

/** A transaction ends when its work returns: work that goes on after that would write outside of it. */
function finished<T>(value: T): T {
  if (value instanceof Promise) throw new TypeError('The work of a write returned a promise.');
  return value;
}
