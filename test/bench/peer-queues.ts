import path from 'node:path';
import Database from 'better-sqlite3';
import { buildDBClient, migrateDB, SqliteQueue } from 'liteque';
import { better, defineQueue } from 'plainjob';
import { figure, type Figure } from './figure.ts';
import { scratch } from './host.ts';

/** A job queue on the same SQLite that claims and completes beside Homer. It writes one table and keeps no history. */
export interface PeerQueue {
  readonly name: string;
  work(jobs: number): void | Promise<void>;
  figure(homer: readonly number[], peer: readonly number[]): Figure;
  close(): void;
}

/** Both with `jobs` to do and as many again. */
export async function openPeers(jobs: number): Promise<PeerQueue[]> {
  return [plainjob(2 * jobs), await liteque(2 * jobs)];
}

function plainjob(jobs: number): PeerQueue {
  const place = scratch('plainjob');
  const db = new Database(path.join(place.folder, 'jobs.sqlite'));
  const silent = { error: noop, warn: noop, info: noop, debug: noop };
  const queue = defineQueue({ connection: better(db), logger: silent });
  db.pragma('synchronous = FULL');
  queue.addMany(
    'bench',
    Array.from({ length: jobs }, (_, at) => ({ at })),
  );
  return {
    name: 'plainjob',
    work(count) {
      for (let done = 0; done < count; done += 1) {
        const job = queue.getAndMarkJobAsProcessing('bench');
        if (!job) throw new Error('plainjob has nothing to do');
        queue.markJobAsDone(job.id);
      }
    },
    figure: (values, baselines) =>
      figure({
        name: 'claim and complete beside plainjob, synchronous FULL',
        unit: 'runs/s',
        values,
        baselines,
        against: 'plainjob at FULL',
        goal: 'level or better (0.9)',
        met: (value, baseline) => value >= 0.9 * baseline,
        note: 'plainjob updates one row twice; Homer writes eleven rows: run, intent, timeline and event stream',
      }),
    close() {
      queue.close();
      place.remove();
    },
  };
}

/**
 * liteque gives `transaction` a function that returns a promise, which better-sqlite3 13 refuses. Here it gets a `transaction` that
 * begins, calls and commits, as the versions it was written for did.
 */
async function liteque(jobs: number): Promise<PeerQueue> {
  const place = scratch('liteque');
  const client = buildDBClient(path.join(place.folder, 'jobs.sqlite'));
  migrateDB(client);
  const connection = (client as unknown as { session: { client: Database.Database } }).session.client;
  const transaction = (work: (...given: unknown[]) => unknown): unknown => {
    const run = (...given: unknown[]): unknown => {
      connection.exec('BEGIN');
      const value = work(...given);
      connection.exec('COMMIT');
      return value;
    };
    return { deferred: run, immediate: run, exclusive: run };
  };
  Object.defineProperty(connection, 'transaction', { value: transaction });
  const queue = new SqliteQueue<{ at: number }>('bench', client, {
    defaultJobArgs: { numRetries: 0 },
    keepFailedJobs: false,
  });
  connection.exec('BEGIN');
  for (let at = 0; at < jobs; at += 1) await queue.enqueue({ at });
  connection.exec('COMMIT');
  return {
    name: 'liteque',
    async work(count) {
      for (let done = 0; done < count; done += 1) {
        const job = await queue.attemptDequeue({ timeoutSecs: 60 });
        if (!job) throw new Error('liteque has nothing to do');
        await queue.finalize(job.id, job.allocationId, 'completed');
      }
    },
    figure: (values, baselines) =>
      figure({
        name: 'claim and complete beside liteque',
        unit: 'runs/s',
        values,
        baselines,
        against: 'liteque at its default NORMAL, Homer at FULL',
        goal: 'at least 5 times',
        met: (value, baseline) => value >= 5 * baseline,
        note: 'liteque through a `transaction` that takes promises as older versions of better-sqlite3 did',
      }),
    close() {
      connection.close();
      place.remove();
    },
  };
}

function noop(): void {
  // plainjob logs each job.
}
