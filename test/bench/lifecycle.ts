import path from 'node:path';
import Database from 'better-sqlite3';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createIds } from '../../main/shared/ids.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { defaultBudget } from '../../main/domain/run/budget.ts';
import { endRun } from '../../main/store/end-run.ts';
import { createIntentWithRun } from '../../main/store/enqueue-run.ts';
import { openStore } from '../../main/store/store.ts';
import { claimRun } from '../../main/store/run-claim-store.ts';
import { transitionRun } from '../../main/store/run-store.ts';
import { figure, type Figure } from './figure.ts';
import { root, scratch, seed } from './host.ts';

const RUNS = 400;

/** Claim and complete of a run at synchronous FULL, with its events, beside raw SQLite doing two guarded updates a run on one table. */
export async function benchLifecycle(): Promise<Figure> {
  const place = scratch('lifecycle');
  const projectId = await seed(place.folder, 1);
  const clock = createSystemClock();
  const scope = createScope('bench');
  const store = unwrap(
    await openStore({
      folder: place.folder,
      migrationsFolder: path.join(root, 'migrations'),
      clock,
      ids: createIds(clock),
      log: createSilentLog(),
      scope,
    }),
  );
  store.write((write) => {
    for (let count = 0; count < RUNS; count += 1)
      createIntentWithRun(
        write,
        {
          name: `run ${String(count)}`,
          description: '',
          intentType: 'task',
          query: 'bench',
          contextFiles: [],
          lane: '',
          executor: 'shell',
          model: null,
          trigger: { type: 'immediate' },
          execution: {
            v: 1,
            runType: 'task',
            shellCommand: 'true',
            executorLabel: null,
            dryRun: false,
            verbose: false,
            budget: defaultBudget,
            testCommand: null,
            metadata: {},
          },
          priority: 50,
          enabled: true,
          nextDueAt: null,
          misfirePolicy: 'run_once',
          source: 'user',
          sourceProposalId: null,
          goalId: null,
          projectId,
        },
        { gate: { start: 'queued', held: [] }, triggeredBy: 'owner', executorLabel: 'shell', actor: 'bench' },
      );
  });
  const until = clock.iso();
  let began = performance.now();
  for (let count = 0; count < RUNS; count += 1) {
    const run = store.write((write) => claimRun(write, until));
    if (!run) throw new Error('nothing to claim');
    store.write((write) => {
      transitionRun(write, run.id, 'end_turn', 'runtime');
      endRun(write, run.id, 'complete', 'runtime');
    });
  }
  const homer = RUNS / ((performance.now() - began) / 1_000);
  await scope.close();

  const raw = new Database(path.join(place.folder, 'raw.sqlite'));
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.exec(`CREATE TABLE run (id INTEGER PRIMARY KEY, status TEXT, at TEXT) STRICT; CREATE INDEX q ON run(status, id);
    CREATE TABLE event (run INTEGER, seq INTEGER, body TEXT, PRIMARY KEY (run, seq)) WITHOUT ROWID`);
  const insert = raw.prepare(`INSERT INTO run (status, at) VALUES ('queued', '')`);
  raw.transaction(() => {
    for (let count = 0; count < RUNS; count += 1) insert.run();
  })();
  const claim = raw.prepare(
    `UPDATE run SET status = 'running' WHERE id = (SELECT id FROM run WHERE status = 'queued' ORDER BY id LIMIT 1) RETURNING id`,
  );
  const end = raw.prepare(`UPDATE run SET status = 'done' WHERE id = ? AND status = 'running'`);
  const event = raw.prepare('INSERT INTO event (run, seq, body) VALUES (?, ?, ?)');
  const one = raw.transaction(() => {
    const row = claim.get() as { id: number };
    event.run(row.id, 1, '{}');
    return row.id;
  });
  const two = raw.transaction((id: number) => {
    event.run(id, 2, '{}');
    event.run(id, 3, '{}');
    end.run(id);
  });
  began = performance.now();
  for (let count = 0; count < RUNS; count += 1) two(one());
  const bare = RUNS / ((performance.now() - began) / 1_000);
  raw.close();
  place.remove();
  return figure({
    name: 'claim and complete of a run, synchronous FULL',
    unit: 'runs/s',
    values: [homer],
    baselines: [bare],
    against: 'raw SQLite, the same two transactions with one table and three event rows',
    goal: 'at least 0.7 of raw',
    met: (value, baseline) => value >= 0.7 * baseline,
    note: 'Homer also moves the intent, writes the domain events and checks every row of its machines',
  });
}
