import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import {
  isOperationName,
  type InputOf,
  type OperationName,
  type OutputOf,
} from '../../preload/contract/operations.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface RealHostFigures {
  readonly skipped: string | null;
  readonly jumps: number;
  readonly runs: number;
  /** Planned times that have more than one run; must be 0. */
  readonly twice: number;
  readonly missed: number;
  /** Jumps the host noticed. */
  readonly noticed: number;
  /** Most runs of one intent that were queued within a second. */
  readonly mostInASecond: number;
  /** Longest way to a due time after the last jump, ms of the host's clock. */
  readonly furthestMs: number;
  readonly faults: readonly string[];
}

/**
 * One real headless host under libfaketime, its wall clock moved while it runs (time that passes is left alone, as on a real machine):
 * nothing fires twice, each jump is caught up without a storm, and no due time is left out of reach.
 */
export async function checkRealHost(say: (line: string) => void): Promise<RealHostFigures> {
  const library = findLibrary(say);
  if (typeof library !== 'string') return { ...none, skipped: library.reason };
  const folder = mkdtempSync(path.join(tmpdir(), 'homer-time-'));
  const host = await startHost(folder, library);
  try {
    const project = await host.ask('project.add', { path: repository(path.join(folder, 'project')) });
    await host.ask('project.update', {
      id: project.id,
      version: project.version,
      settings: { riskProfile: 'trusted', shellCommand: 'true' },
    });
    for (const [key, value] of Object.entries({
      'runtime.tick_interval_ms': '1000',
      'runtime.max_concurrent_runs': '4',
      'runtime.discovery_enabled': 'off',
      'trigger.stagger_ms': '2000',
    }))
      await host.ask('flag.set', { key, value });
    const add = (name: string, trigger: InputOf<'intent.create'>['trigger'], more = {}) =>
      host.ask('intent.create', {
        projectId: project.id,
        name,
        query: 'Work',
        runType: 'task',
        trigger,
        ...more,
      });
    await add('each 2 s', { type: 'cron', expression: '*/2 * * * * *', zone: 'UTC' });
    await add(
      'each 5 s, all',
      { type: 'interval', everyMs: 5_000 },
      { misfirePolicy: 'run_all', misfireCap: 3 },
    );
    await add('hourly', { type: 'cron', expression: '0 * * * *', zone: 'Europe/Berlin' });
    await add(
      'hourly, skip',
      { type: 'cron', expression: '0 * * * *', zone: 'UTC' },
      { misfirePolicy: 'skip' },
    );
    await add('nightly', { type: 'cron', expression: '30 2 * * *', zone: 'Europe/Berlin' });
    await add('half past, Lord Howe', {
      type: 'cron',
      expression: '30 * * * *',
      zone: 'Australia/Lord_Howe',
    });

    const moves = [60_000, -60_000, 2 * HOUR, -2 * HOUR, 8 * HOUR, -2 * HOUR, 365 * DAY, -365 * DAY, HOUR];
    await sleep(4_000);
    for (const move of moves) {
      host.jump(move);
      say(`the clock of the host jumped by ${String(move / 60_000)} min`);
      await sleep(4_000);
    }
    const { rows } = await host.ask('intent.list', {});
    const now = host.now();
    await host.stop();
    return judge(path.join(folder, 'data', 'homer.sqlite'), moves.length, {
      furthestMs: Math.max(
        ...rows.map((row) => (row.nextDueAt === null ? 0 : Date.parse(row.nextDueAt) - now)),
      ),
      dueless: rows.filter((row) => row.nextDueAt === null).map((row) => row.name),
    });
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const none = {
  jumps: 0,
  runs: 0,
  twice: 0,
  missed: 0,
  noticed: 0,
  mostInASecond: 0,
  furthestMs: 0,
  faults: [],
};

function judge(
  file: string,
  jumps: number,
  after: { furthestMs: number; dueless: string[] },
): RealHostFigures {
  const raw = new Database(file, { readonly: true });
  const figure = (sql: string): number => Number(raw.prepare(sql).pluck().get() ?? 0);
  try {
    const figures = {
      skipped: null,
      jumps,
      runs: figure('SELECT COUNT(*) FROM run'),
      twice: figure(
        `SELECT COUNT(*) FROM (SELECT 1 FROM run WHERE nominal_at IS NOT NULL GROUP BY intent_id, nominal_at HAVING COUNT(*) > 1)`,
      ),
      missed: figure('SELECT COALESCE(SUM(count), 0) FROM missed_time'),
      noticed: countNoticed(path.join(path.dirname(file), 'logs')),
      mostInASecond: figure(
        `SELECT MAX(total) FROM (SELECT COUNT(*) AS total FROM run GROUP BY intent_id, substr(created_at, 1, 19))`,
      ),
      furthestMs: after.furthestMs,
    };
    const working = figure(
      `SELECT COUNT(*) FROM run WHERE status NOT IN ('completed', 'queued', 'running', 'validating')`,
    );
    const faults = [
      ...(figures.twice > 0 ? [`${String(figures.twice)} planned times ran twice`] : []),
      ...(figures.runs < jumps ? [`only ${String(figures.runs)} runs: the host did not work`] : []),
      ...(figures.noticed < jumps - 1
        ? [`${String(figures.noticed)} of ${String(jumps)} jumps noticed`]
        : []),
      ...(figures.mostInASecond > 4
        ? [`${String(figures.mostInASecond)} runs of one intent within a second`]
        : []),
      ...(figures.furthestMs > DAY + HOUR
        ? [`a due time is ${String(figures.furthestMs / HOUR)} h away`]
        : []),
      ...(after.dueless.length > 0 ? [`without a due time: ${after.dueless.join(', ')}`] : []),
      ...(working > 0 ? [`${String(working)} runs ended otherwise than completed`] : []),
    ];
    return { ...figures, faults };
  } finally {
    raw.close();
  }
}

/** The log tells it, as the host itself saw it, and is there however the host ends. */
function countNoticed(folder: string): number {
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'utf8').split('the clock jumped').length - 1)
    .reduce((sum, count) => sum + count, 0);
}

interface Host {
  ask<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  /** Moves the host's wall clock by milliseconds. */
  jump(ms: number): void;
  now(): number;
  stop(): Promise<void>;
}

async function startHost(folder: string, library: string): Promise<Host> {
  const clock = path.join(folder, 'clock');
  // Half an hour before Berlin's clocks go forward; from then on by offset from real time, which is what moves.
  let offset = Date.parse('2026-03-29T00:30:00Z') - Date.now();
  const write = (): void => {
    writeFileSync(`${clock}.new`, `${offset < 0 ? '' : '+'}${(offset / 1_000).toFixed(3)}\n`);
    // Whole or not at all: the library reads it whenever a time is asked for.
    renameSync(`${clock}.new`, clock);
  };
  write();
  const data = path.join(folder, 'data');
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      path.join(ROOT, 'main', 'homer.ts'),
      'serve',
      '--port',
      '0',
      '--no-open',
      '--json',
      '--data',
      data,
    ],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        TZ: 'UTC',
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: clock,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'close');
  let said = '';
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise<number>((resolve, reject) => {
    lines.on('line', (line) => {
      said += line;
      const found = /"port": (\d+)/u.exec(said);
      if (found) resolve(Number(found[1]));
    });
    child.once('close', () => {
      reject(new Error(`the host did not start: ${said}${complaints}`));
    });
  });
  const token = readFileSync(path.join(data, 'api-token'), 'utf8').trim();
  return {
    async ask(name, input) {
      if (!isOperationName(name)) throw new Error('no such operation');
      const response = await fetch(`http://127.0.0.1:${String(port)}/api/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const reply = (await response.json()) as { ok: boolean; value: never; error: { message: string } };
      if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
      return reply.value;
    },
    jump(ms) {
      offset += ms;
      write();
    },
    now: () => Date.now() + offset,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

function repository(folder: string): string {
  mkdirSync(folder);
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=Time', '-c', 'user.email=time@localhost', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  };
  git('init', '-b', 'main');
  writeFileSync(path.join(folder, 'file.txt'), 'one\n');
  git('add', '--all');
  git('commit', '-m', 'one');
  return folder;
}

/** Where libfaketime lies, installed first where that is possible; else why it is not there. */
function findLibrary(say: (line: string) => void): string | { reason: string } {
  if (process.platform !== 'linux') return { reason: 'libfaketime is used on Linux only' };
  const found = search();
  if (found !== null) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return {
      reason: 'libfaketime is not installed, and cannot be from here (Debian: apt-get install faketime)',
    };
  say('installing faketime');
  const installed = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'faketime'], {
    stdio: 'ignore',
  });
  return (
    search() ?? { reason: `faketime could not be installed (apt-get ended with ${String(installed.status)})` }
  );
}

function search(): string | null {
  const folders = existsSync('/usr/lib')
    ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/faketime`)
    : [];
  const files = [...folders, '/usr/lib/faketime', '/usr/local/lib/faketime'].map(
    (folder) => `${folder}/libfaketimeMT.so.1`,
  );
  return files.find((file) => existsSync(file)) ?? null;
}
