import type { JsonObject } from '../domain/primitives.ts';
import { upkeepTask, type UpkeepTask } from '../domain/upkeep/task.ts';
import { parseTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { readFlag } from '../store/flag-store.ts';
import { isStoreFailure } from '../store/store-failure.ts';
import type { Store } from '../store/store.ts';
import { findUpkeep, listUpkeep, recordUpkeep } from '../store/upkeep-store.ts';
import { clearOldData } from './clear-old-data.ts';
import type { OutputFolders, RunWorkspace } from './ports.ts';
import { createSteadyClock } from './steady-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Nothing is begun this soon after a start, which shall be quick. */
const CALM_MS = 30_000;
/** Least time between two tries of one task, whatever the wall clock says: a clock that jumps makes no storm. */
const RETRY_MS = 15 * 60_000;
const SHRINK_AT = { share: 0.2, bytes: 4 * 1024 ** 2 };
const SHRINK_SLICE_BYTES = 1024 ** 2;
const SHRINK_PAUSE_MS = 10;
const LONG_WAL_BYTES = 16 * 1024 ** 2;

/**
 * Keeps the data well beside the work: backups on their schedule, the full check (weekly, and after the database was not closed in
 * order), retention (daily), compaction (while nothing works and a fifth of the file is free), and a short write-ahead log. One task
 * at a time, begun by `attend` and never waited for by it. When each was done stands in the store; how long ago that was counts in
 * either direction, so that a clock set back does not stop it. What deletes, retention and the expiry of backups, waits until the
 * wall clock has been steady for an hour (`steady-clock.ts`): a jump, a sleep or a start must not make everything old at once.
 */
export interface Upkeep {
  /** Begins what is due, if anything; called by every tick. */
  attend(): void;
  /** What went wrong last and still stands, for the owner. */
  problems(): { tag: string; message: string; hint: string }[];
  /** Resolves when nothing is being done. */
  settled(): Promise<void>;
}

export function createUpkeep(options: {
  store: Store;
  outputs: OutputFolders;
  forgetCommits: RunWorkspace['forgetCommits'];
  clock: Clock;
  log: Log;
  scope: Scope;
  /** Whether no run works. */
  idle: () => boolean;
}): Upkeep {
  const { store, clock, log, scope, idle } = options;
  const startedAt = clock.monotonic();
  const steady = createSteadyClock(clock);
  const triedAt = new Map<UpkeepTask, number>();
  const errors = new Map<UpkeepTask, string>();
  for (const { task, error } of store.read(listUpkeep)) if (error !== null) errors.set(task, error);
  let checkOwed = store.unclean;
  let current: Promise<void> | null = null;
  scope.add('upkeep', () => current ?? undefined);

  const perform: Record<UpkeepTask, () => Promise<Result<JsonObject>>> = {
    async backup() {
      const made = await store.backup('scheduled');
      if (!made.ok) return made;
      const { path, bytes } = made.value;
      // A clock that jumps makes backups out of turn; the older ones wait until it is known which are which.
      const pruned = steady()
        ? store.pruneBackups(Number(store.read((read) => readFlag(read, 'backup.keep'))), path)
        : 0;
      store.write((write) => {
        write.emit({
          type: 'backupMade',
          entity: 'backup',
          entityId: path,
          actor: 'runtime',
          payload: { bytes },
        });
      });
      return ok({ path, bytes, pruned });
    },
    async full_check() {
      checkOwed = false;
      const faults = await store.checkFully();
      if (faults.length === 0) return ok({});
      return fail('database_damaged', faults[0] ?? 'unknown fault', { details: faults.slice(0, 20) });
    },
    async retention() {
      return ok({ ...(await clearOldData({ ...options, goOn: steady })) });
    },
    async compaction() {
      const before = store.file.space().bytes;
      while (idle() && !scope.closed && store.file.shrink(SHRINK_SLICE_BYTES))
        await clock.sleep(scope, SHRINK_PAUSE_MS);
      store.file.checkpoint();
      return ok({ freedBytes: before - store.file.space().bytes });
    },
  };

  return {
    attend() {
      // Where nobody else writes, this is how it is found that the disk takes writes again; while it does not, the tick tells.
      if (store.trouble() !== null) store.probe();
      if (current !== null || scope.closed || clock.monotonic() - startedAt < CALM_MS) return;
      if (idle() && store.file.space().walBytes > LONG_WAL_BYTES) store.file.checkpoint();
      const task = upkeepTask.values.find(isDue);
      if (task !== undefined)
        current = carryOut(task).finally(() => {
          current = null;
        });
    },
    problems: () => [...errors].map(([task, error]) => problemOf(task, error)),
    settled: async () => {
      await current;
    },
  };

  function isDue(task: UpkeepTask): boolean {
    const tried = triedAt.get(task);
    if (tried !== undefined && clock.monotonic() - tried < RETRY_MS) return false;
    if (task === 'compaction') return idle() && paysToShrink();
    if (task === 'full_check' && checkOwed) return true;
    if (task === 'retention' && !steady()) return false;
    const every = intervalOf(task);
    const row = store.read((read) => findUpkeep(read, task));
    if (every === 0) return false;
    if (row === null || row.lastDoneAt === null || row.error !== null) return true;
    return Math.abs(clock.now() - parseTime(row.lastDoneAt)) >= every;
  }

  function intervalOf(task: UpkeepTask): number {
    if (task === 'full_check') return 7 * DAY_MS;
    if (task === 'retention') return DAY_MS;
    return Number(store.read((read) => readFlag(read, 'backup.interval_hours'))) * HOUR_MS;
  }

  function paysToShrink(): boolean {
    const { bytes, freeBytes } = store.file.space();
    return freeBytes > SHRINK_AT.bytes && freeBytes > bytes * SHRINK_AT.share;
  }

  async function carryOut(task: UpkeepTask): Promise<void> {
    const began = clock.monotonic();
    triedAt.set(task, began);
    let result: Result<JsonObject>;
    try {
      result = await perform[task]();
    } catch (error) {
      if (!isStoreFailure(error)) log.error('upkeep met a fault', { task, error: messageOf(error) });
      result = fail('upkeep_failed', messageOf(error));
    }
    // Cut off by the end of this host: the next one does it again.
    if (scope.closed && !result.ok) return;
    const error = result.ok ? null : result.error.message;
    if (error === null) errors.delete(task);
    else errors.set(task, error);
    // Where retention stood outlives a go that failed.
    const until = store.read((read) => findUpkeep(read, task))?.detail['until'];
    const detail = result.ok ? result.value : until === undefined ? {} : { until };
    const ms = Math.round(clock.monotonic() - began);
    if (result.ok) log.info('upkeep done', { task, ms, ...detail });
    else log.error('upkeep failed', { task, ms, error });
    const kept = store.tryWrite((write) => {
      recordUpkeep(write, task, error, { ms, ...detail });
    });
    if (!kept.ok) log.warn('upkeep could not be recorded', { task, error: kept.error.message });
  }

  function problemOf(task: UpkeepTask, error: string): { tag: string; message: string; hint: string } {
    if (task === 'full_check')
      return {
        tag: 'database_damaged',
        message: `The full check found the database damaged: ${error}`,
        hint: 'Quit Homer and run `homer restore --newest`: it sets the damaged file aside and goes back to the newest good backup.',
      };
    if (task === 'backup')
      return {
        tag: 'backup_failed',
        message: `The last scheduled backup failed: ${error}`,
        hint: 'Homer tries again every quarter of an hour; `homer backup` tries now.',
      };
    return {
      tag: 'upkeep_failed',
      message: `${upkeepTask.labels[task]} failed: ${error}`,
      hint: 'Homer tries again every quarter of an hour; the log has the details.',
    };
  }
}
