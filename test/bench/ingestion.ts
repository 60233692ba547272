import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { createRunnerIn, orderIn } from '../../main/agents/testing/test-room.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createIds } from '../../main/shared/ids.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { appendRunEvents } from '../../main/store/run-event-store.ts';
import { openStore } from '../../main/store/store.ts';
import { addProject, addRun } from '../../main/store/testing/test-store.ts';
import { figure, median, type Figure } from './figure.ts';
import { root, scratch } from './host.ts';

const LINES = 50_000;
const ROUNDS = 11;
const GIGABYTE = 1_000_000_000;

/** Lines of an agent's output from its spool into the store and to a live view; and what a gigabyte of them costs. */
export async function benchIngestion(): Promise<Figure[]> {
  const place = scratch('ingestion');
  const scope = createScope('bench');
  const clock = createSystemClock();
  const store = unwrap(
    await openStore({
      folder: path.join(place.folder, 'data'),
      migrationsFolder: path.join(root, 'migrations'),
      clock,
      ids: createIds(clock),
      log: createSilentLog(),
      scope,
    }),
  );
  const runId = store.write((write) => addRun(write, addProject(write)));
  const runner = createRunnerIn(path.join(place.folder, 'spool'), scope);
  const file = path.join(place.folder, 'lines');
  const text = 'x'.repeat(240);
  const line = (at: number): string => JSON.stringify({ type: 'item', at, text });
  writeFileSync(file, Array.from({ length: LINES }, (_, at) => line(at)).join('\n') + '\n');
  let seen = 0;
  store.onCommit(({ tails }) => {
    seen = tails.get(runId) ?? seen;
  });
  const ours = async (): Promise<number> => {
    const began = performance.now();
    const started = unwrap(
      await runner.start(orderIn(place.folder, 'cat lines'), {
        recordChild: () => undefined,
        events: (events) => store.writeOutput((write) => appendRunEvents(write, runId, events)),
      }),
    );
    await started.ended;
    if (seen === 0) throw new Error('no event reached the live view');
    return LINES / ((performance.now() - began) / 1_000);
  };
  const raw = new Database(path.join(place.folder, 'raw.sqlite'));
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = NORMAL');
  raw.exec('CREATE TABLE event (seq INTEGER PRIMARY KEY, type TEXT, body TEXT) STRICT');
  const insert = raw.prepare('INSERT INTO event (type, body) VALUES (?, ?)');
  const put = raw.transaction((rows: readonly [string, string][]) => {
    for (const row of rows) insert.run(...row);
  });
  const bare = async (): Promise<number> => {
    const began = performance.now();
    const child = spawn('cat', [file], { stdio: ['ignore', 'pipe', 'ignore'] });
    let rows: [string, string][] = [];
    for await (const each of createInterface({ input: child.stdout })) {
      rows.push([(JSON.parse(each) as { type: string }).type, each]);
      if (rows.length < 500) continue;
      put(rows);
      rows = [];
    }
    put(rows);
    return LINES / ((performance.now() - began) / 1_000);
  };
  const values: number[] = [];
  const baselines: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [theirs, mine] = [await bare(), await ours()];
    if (round === 0) continue;
    baselines.push(theirs);
    values.push(mine);
  }
  raw.close();
  await scope.close();
  const flood = `yes ${'x'.repeat(289)} | head -c ${String(GIGABYTE)}; echo; echo "TASK_STATE: DONE"`;
  const host = path.join(root, 'main/agents/testing/flood-host.ts');
  const cost = run(host, path.join(place.folder, 'flood'), place.folder, flood);
  const loop = run(path.join(root, 'test/bench/bare-flood.ts'), flood);
  if (cost['taskState'] !== 'done') throw new Error('the ending of the flood was not understood');
  const kept = Number(cost['characters']);
  place.remove();
  const one = (
    name: string,
    unit: string,
    value: number,
    baseline: number,
    against: string,
    goal: string,
    met: boolean,
  ) => figure({ name, unit, values: [value], baselines: [baseline], against, goal, met: () => met });
  const peak = Number(cost['peakMb']);
  const barePeak = Number(loop['peakMb']);
  const delay = Number(cost['loopP99Ms']);
  return [
    figure({
      name: 'lines of output, spool to store to live view',
      unit: 'lines/s',
      values,
      baselines,
      against: 'readline over a pipe, JSON.parse and SQLite at NORMAL, 500 a transaction',
      goal: 'at least 0.8 of it',
      met: (value, baseline) => value >= 0.8 * baseline,
      note: `redacted, cleaned, stored with how far it was read; starting the child included; median of ${String(median(values.map(Math.round)))}`,
    }),
    one(
      '1 GB of output, peak memory',
      'MB',
      peak,
      barePeak,
      'a bare loop over the same output',
      'at most 1.5x',
      peak <= 1.5 * barePeak,
    ),
    one(
      '1 GB of output, delay of the event loop, p99',
      'ms',
      delay,
      Number(cost['busyP99Ms']),
      'a loop that only works in slices of 8 ms, just before',
      'at most 25 ms',
      delay <= 25,
    ),
    one(
      '1 GB of output, kept as events',
      'MB',
      kept / 1e6,
      GIGABYTE / 1e6,
      'what was printed',
      'bounded: at most 20 MB',
      kept <= 20e6,
    ),
  ];
}

function run(...args: string[]): Record<string, unknown> {
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Record<string, unknown>;
}
