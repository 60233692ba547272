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

const INTENTS = 100_000;
const DUE = 10;
const ROUNDS = 30;

/**
 * A tick's look at the schedule with 100,000 enabled cron intents. Nothing due, beside the bare query by the same index; ten due, beside raw
 * SQLite and croner doing what has to be done: read them, work out the next time, write run and due time in one transaction.
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

  const heapBefore = heap();
  const busy: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    clock.jump(3_600_000);
    busy.push(timed(() => fireDue(store, clock, log)));
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
  if (fired !== ROUNDS * DUE) throw new Error(`${String(fired)} runs, not ${String(ROUNDS * DUE)}`);
  await scope.close();
  const bareBusy = bare(path.join(place.folder, 'raw.sqlite'));
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
        'raw SQLite and croner: next time, intent state, run, two timeline rows and two events each, in one transaction',
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

/** Ten due among as many rows, by hand. */
function bare(file: string): number[] {
  const raw = new Database(file);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.exec(`CREATE TABLE intent (id INTEGER PRIMARY KEY, status TEXT, expression TEXT, execution TEXT, due TEXT) STRICT;
    CREATE INDEX intent_due ON intent(due);
    CREATE TABLE run (id INTEGER PRIMARY KEY, intent INTEGER, nominal TEXT, status TEXT, execution TEXT, UNIQUE (intent, nominal)) STRICT;
    CREATE TABLE timeline (run INTEGER, seq INTEGER, type TEXT, payload TEXT, PRIMARY KEY (run, seq)) WITHOUT ROWID;
    CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT, entity TEXT, payload TEXT, at TEXT) STRICT`);
  const add = raw.prepare(
    `INSERT INTO intent (status, expression, execution, due) VALUES ('scheduled', ?, ?, ?)`,
  );
  const execution = JSON.stringify({ budget: defaultBudget, runType: 'task' });
  raw.transaction(() => {
    for (let number = 0; number < INTENTS; number += 1)
      add.run('0 * * * *', execution, number < DUE ? '2026-01-01T01:00:00.000Z' : '2027-01-01T00:00:00.000Z');
  })();
  const due = raw.prepare('SELECT * FROM intent WHERE due <= ? ORDER BY due LIMIT 100');
  const move = raw.prepare('UPDATE intent SET due = ? WHERE id = ?');
  const state = raw.prepare('UPDATE intent SET status = ? WHERE id = ?');
  const run = raw.prepare(`INSERT INTO run (intent, nominal, status, execution) VALUES (?, ?, 'queued', ?)`);
  const line = raw.prepare('INSERT INTO timeline VALUES (?, ?, ?, ?)');
  const event = raw.prepare('INSERT INTO event (type, entity, payload, at) VALUES (?, ?, ?, ?)');
  const payload = JSON.stringify({ from: 'scheduled', to: 'running' });
  const fire = raw.transaction((now: string) => {
    for (const row of due.all(now) as { id: number; expression: string; execution: string; due: string }[]) {
      const next = new Cron(row.expression, { timezone: 'UTC' }).nextRun(now);
      move.run(next?.toISOString() ?? null, row.id);
      state.run('running', row.id);
      event.run('intentChanged', String(row.id), payload, now);
      const { lastInsertRowid } = run.run(row.id, row.due, row.execution);
      line.run(lastInsertRowid, 1, 'attempt_started', payload);
      line.run(lastInsertRowid, 2, 'status_changed', payload);
      event.run('runQueued', String(lastInsertRowid), payload, now);
    }
  });
  const times: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const now = new Date(Date.UTC(2026, 0, 1, round)).toISOString();
    times.push(timed(() => fire.immediate(now)));
  }
  raw.close();
  return times;
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
