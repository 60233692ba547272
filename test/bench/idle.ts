import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { figure, type Figure } from './figure.ts';
import { root, scratch, seed, serveHost } from './host.ts';

/** The host gives memory back 8 s after its start, and V8 tidies up once more after that; what comes then is idling. */
const SETTLE_MS = 20_000;
const EVENTS = 1_000_000;
const WATCH_MS = 15_000;
const TICKS_PER_SECOND = 100;

interface Reading {
  readonly cpuMs: number;
  readonly wakeUps: number;
}

/** What an idle host costs: CPU, wake-ups and memory, beside a bare Node with the same database open. Linux only: it reads /proc. */
export async function benchIdle(): Promise<Figure[]> {
  const place = scratch('idle');
  await seed(place.folder, 10_000);
  const database = new Database(path.join(place.folder, 'homer.sqlite'));
  database
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO domain_event (type, entity, entity_id, actor, payload, at)
       SELECT 'runChanged', 'run', 'run-' || i, 'bench', '{"from":"queued","to":"running"}', '2026-01-01T00:00:00.000Z' FROM n`,
    )
    .run(EVENTS);
  database.close();
  const host = await serveHost(place.folder);
  const script = `import Database from 'better-sqlite3';
    const db = new Database(${JSON.stringify(path.join(place.folder, 'homer.sqlite'))}, { readonly: true });
    db.prepare('SELECT COUNT(*) FROM proposal').get(); setInterval(() => undefined, 2 ** 31 - 1);`;
  const bare = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root, stdio: 'ignore' });
  const pids = { homer: host.child.pid ?? 0, bare: bare.pid ?? 0 };
  await wait(SETTLE_MS);
  const before = { homer: read(pids.homer), bare: read(pids.bare) };
  await wait(WATCH_MS);
  const after = { homer: read(pids.homer), bare: read(pids.bare) };
  const memory = { homer: pss(pids.homer), bare: pss(pids.bare) };
  const rss = resident(pids.homer);
  await host.stop();
  bare.kill();
  place.remove();
  const per = (who: 'homer' | 'bare', key: keyof Reading): number =>
    ((after[who][key] - before[who][key]) * 1_000) / WATCH_MS;
  return [
    figure({
      name: 'idle headless host, wake-ups',
      unit: 'per second',
      values: [per('homer', 'wakeUps')],
      baselines: [per('bare', 'wakeUps')],
      against: 'bare Node with the database open',
      goal: 'at most 1 a second',
      met: (value) => value <= 1,
      note: 'voluntary context switches of the main thread',
    }),
    figure({
      name: 'idle headless host, CPU',
      unit: '% of one core',
      values: [per('homer', 'cpuMs') / 10],
      baselines: [per('bare', 'cpuMs') / 10],
      against: 'bare Node with the database open',
      goal: 'under 0.1 %',
      met: (value) => value < 0.1,
    }),
    figure({
      name: 'idle headless host, memory (PSS), 10,000 proposals and 1,000,000 events',
      unit: 'MB',
      values: [memory.homer],
      baselines: [memory.bare],
      against: 'bare Node with the database open',
      goal: 'at most 1.5x, and under 120 MB resident',
      met: (value, baseline) => value <= 1.5 * baseline && rss < 120,
      note: `resident ${rss.toFixed(0)} MB`,
    }),
  ];
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function read(pid: number): Reading {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    .replace(/^.*\) /u, '')
    .split(' ');
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return {
    cpuMs: ((Number(stat[11]) + Number(stat[12])) * 1_000) / TICKS_PER_SECOND,
    wakeUps: Number(/^voluntary_ctxt_switches:\s+(\d+)/mu.exec(status)?.[1] ?? 0),
  };
}

function pss(pid: number): number {
  const text = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/mu.exec(text)?.[1] ?? 0) / 1_024;
}

function resident(pid: number): number {
  const text = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/mu.exec(text)?.[1] ?? 0) / 1_024;
}
