import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Database from 'better-sqlite3';
import { Cron } from 'croner';
import { createManualClock } from '../../main/shared/clock.ts';
import { createIds } from '../../main/shared/ids.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { defaultBudget } from '../../main/domain/run/budget.ts';
import { fireDue } from '../../main/runtime/fire-due.ts';
import { insertIntent } from '../../main/store/intent-store.ts';
import { openStore } from '../../main/store/store.ts';
import { figure, type Figure } from './figure.ts';
import { root, scratch, seed } from './host.ts';
import { openRawSchedule } from './raw-schedule.ts';

const INTENTS = 100_000;
const DUE = 10;
const ROUNDS = 30;

/**
 * A tick's look at the schedule with 100,000 enabled cron intents. Nothing due, beside the bare query by the same index; ten due, beside raw
 * SQLite and croner doing what has to be done to a copy of the same database: a query alone writes nothing, and waits for no disk.
 */
export async function benchSchedule(): Promise<Figure[]> {
  const place = scratch('schedule');
  const projectId = await seed(place.folder, 1);
  const clock = createManualClock('2026-01-01T00:00:10.000Z');
  const log = createSilentLog();
  const scope = createScope('bench');
  const store = unwrap(
    await openStore({
      folder: place.folder,
      migrationsFolder: path.join(root, 'migrations'),
      clock,
      ids: createIds(clock),
      log,
      scope,
    }),
  );
  const execution = {
    v: 1,
    runType: 'task',
    shellCommand: 'true',
    executorLabel: null,
    dryRun: false,
    verbose: false,
    budget: defaultBudget,
    testCommand: null,
    metadata: {},
  } as const;
  // Ten come each hour; the others lie years ahead, as far as this hour is concerned.
  const add = (count: number, expression: string, nextDueAt: string): void => {
    store.write((write) => {
      for (let number = 0; number < count; number += 1)
        insertIntent(
          write,
          {
            name: `intent ${String(number)}`,
            description: '',
            intentType: 'recurring',
            query: 'Work',
            contextFiles: [],
            lane: '',
            executor: 'shell',
            model: null,
            trigger: { type: 'cron', expression, zone: 'UTC' },
            execution,
            priority: 50,
            enabled: true,
            nextDueAt,
            misfirePolicy: 'run_once',
            source: 'user',
            sourceProposalId: null,
            goalId: null,
            projectId,
          },
          'bench',
        );
    });
  };
  add(INTENTS - DUE, '0 0 1 1 *', '2027-01-01T00:00:00.000Z');
  add(DUE, '0 * * * *', '2026-01-01T01:00:00.000Z');

  const raw = new Database(path.join(place.folder, 'homer.sqlite'), { readonly: true });
  const query = raw.prepare(
    'SELECT id FROM intent WHERE enabled = 1 AND next_due_at IS NOT NULL AND next_due_at <= ? ORDER BY next_due_at LIMIT 100',
  );
  const idle: number[] = [];
  const bareIdle: number[] = [];
  for (let round = 0; round < ROUNDS * 20; round += 1) {
    bareIdle.push(timed(() => query.all(clock.iso())));
    idle.push(timed(() => fireDue(store, clock, log)));
  }
  raw.close();

  const copy = path.join(place.folder, 'raw.sqlite');
  store.read((read) => read.prepare('VACUUM INTO ?').run(copy));
  // Both start with nothing left to move from the log into the file.
  store.read((read) => read.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get());
  const rawSchedule = openRawSchedule(copy);
  let heapBefore = 0;
  const busy: number[] = [];
  const bareBusy: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    // The first round only warms both up.
    if (round === 1) heapBefore = heap();
    clock.jump(3_600_000);
    // In turn, so that whatever else the machine does meets both alike.
    const bare = timed(() => rawSchedule.fire(clock.iso()));
    rawSchedule.end(clock.iso());
    const ours = timed(() => fireDue(store, clock, log));
    if (round > 0) {
      bareBusy.push(bare);
      busy.push(ours);
    }
    // Ended as far as the schedule is concerned, without the cost of ending.
    store.write((write) => {
      write
        .prepare(`UPDATE run SET status = 'completed', ended_at = ? WHERE ended_at IS NULL`)
        .run(write.now);
      write.prepare(`UPDATE intent SET status = 'scheduled' WHERE status = 'running'`).run();
    });
  }
  const grown = (heap() - heapBefore) / 1_024;
  const fired = store.read((read) => Number(read.prepare('SELECT COUNT(*) AS n FROM run').get()?.['n']));
  if (fired !== (ROUNDS + 1) * DUE)
    throw new Error(`${String(fired)} runs, not ${String((ROUNDS + 1) * DUE)}`);
  await scope.close();
  rawSchedule.close();
  const kept = oneKept();
  place.remove();

  return [
    figure({
      name: `look at the schedule, ${String(INTENTS)} enabled intents, nothing due`,
      unit: 'µs',
      values: idle,
      baselines: bareIdle,
      against: 'the bare indexed query',
      goal: 'at most 10x',
      met: (value, baseline) => value <= 10 * baseline,
    }),
    figure({
      name: `fire ${String(DUE)} of ${String(INTENTS)} intents, synchronous FULL`,
      unit: 'µs',
      values: busy,
      baselines: bareBusy,
      against:
        'raw SQLite and croner on a copy of the database: next time, intent state, run, two timeline rows and two events each, in one transaction',
      goal: 'at most 2x',
      met: (value, baseline) => value <= 2 * baseline,
      note: 'Homer also asks the risk gate and checks each row of its machines',
    }),
    figure({
      name: `heap kept after firing ${String(ROUNDS * DUE)} times`,
      unit: 'KiB',
      values: [grown],
      baselines: [kept],
      against: 'ONE cron object kept',
      goal: 'less than ten cron objects, after hundreds were asked',
      met: (value, baseline) => value < 10 * baseline,
    }),
  ];
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) * 1_000;
}

/** KiB that one cron object costs once it was asked. */
function oneKept(): number {
  const before = heap();
  const kept = Array.from({ length: 20 }, () => {
    const cron = new Cron('0 * * * *', { timezone: 'UTC' });
    cron.nextRun();
    return cron;
  });
  const after = heap();
  return (after - before) / 1_024 / kept.length;
}

/** Bytes of heap in use after a collection. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
