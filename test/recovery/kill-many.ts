import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { tagged } from '../runtime/runtime-room.ts';
import { startHost, type HostHandle } from './host-handle.ts';
import { createRandom } from './random.ts';

export interface KillReport {
  readonly kills: number;
  readonly killedBy: Record<string, number>;
  readonly runs: number;
  readonly turns: number;
  readonly decisions: number;
  readonly statuses: Record<string, number>;
  readonly recoveries: number;
  readonly settledMs: { median: number; max: number };
  /** Sentences, one for each promise that was broken; empty when all held. */
  readonly faults: string[];
  readonly durationMs: number;
}

/** One turn: a line in the ledger at its start and one at its end, some time, a file of its own, and two steps for each attempt. */
const AGENT = [
  'echo "start $HOMER_RUN_ID:$HOMER_ATTEMPT:$HOMER_STEP" >> "$LEDGER"',
  'sleep "0.$(( $$ % 4 ))"',
  'echo "$HOMER_STEP" >> "f-$HOMER_RUN_ID.txt"',
  'echo "end $HOMER_RUN_ID:$HOMER_ATTEMPT:$HOMER_STEP" >> "$LEDGER"',
  '[ $(( HOMER_STEP % 2 )) = 1 ] && echo TASK_STATE: CONTINUE || echo TASK_STATE: DONE',
].join('\n');

/** Every third run is a diamond of stages, each of which does the same with a file of its own. */
const stagesOf = (ledger: string): { id: string; needs: string[]; command: string }[] =>
  Object.entries({ plan: [], left: ['plan'], right: ['plan'], end: ['left', 'right'] }).map(
    ([id, needs]) => ({
      id,
      needs,
      command: AGENT.replaceAll('$LEDGER', ledger).replaceAll('$HOMER_RUN_ID.txt', `$HOMER_RUN_ID-${id}.txt`),
    }),
  );

const SETTLED_LIMIT_MS = 10_000;

/**
 * Lets a host work, kills it again and again at random and named points, and then looks outside Homer, in the ledger the agents
 * wrote, the database file, git and the process table, at whether every promise held.
 */
export async function killMany(options: {
  kills: number;
  seed: number;
  say?: (line: string) => void;
}): Promise<KillReport> {
  const began = performance.now();
  const random = createRandom(options.seed);
  const upTo = (most: number): number => 1 + Math.floor(random() * most);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homer-kill-')));
  const [dataDir, project, home, ledger] = ['data', 'project', 'home', 'ledger'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  for (const path of [project, home]) mkdirSync(path);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Owner\n\temail = owner@example.org\n');
  writeFileSync(ledger, '');
  const env = { PATH: process.env['PATH'] ?? '', HOME: home };
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: project,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'First');

  const faults: string[] = [];
  const killedBy: Record<string, number> = {};
  const settled: number[] = [];
  const ackedRuns = new Map<string, number>();
  const ackedDecisions: { id: string; action: string }[] = [];
  let kills = 0;
  let told = 0;
  let projectId = '';

  const first = startHost(dataDir, 'none', env);
  await first.started;
  await set(first, 'runtime.discovery_enabled', 'off');
  await set(first, 'runtime.max_concurrent_runs', '3');
  await set(first, 'runtime.max_recoveries', '100');
  const added = await first.ask('project.add', {
    path: project,
    testCommand: 'sleep 0.05',
    shellCommand: AGENT.replaceAll('$LEDGER', ledger),
    riskProfile: 'trusted',
  });
  if (added === 'dead' || 'refused' in added) throw new Error(`no project: ${JSON.stringify(added)}`);
  projectId = added.value.id;
  await first.close();

  while (kills < options.kills) {
    const point = choosePoint();
    const name = point.split(':')[0] ?? '';
    const host = startHost(dataDir, point, env);
    const born = performance.now();
    const timer =
      name === 'time'
        ? setTimeout(
            () => {
              host.kill();
            },
            Number(point.split(':')[1]),
          )
        : undefined;
    const start = await host.started;
    if (typeof start === 'object') faults.push(`a restart was refused: ${start.refused}`);
    // A host that does not come to its point is killed after a while.
    const enough = setTimeout(() => {
      host.kill();
    }, 4_000);
    if (start === 'ready') await live(host, born);
    await host.dead;
    clearTimeout(timer);
    clearTimeout(enough);
    noteLog(host);
    for (; told < faults.length; told += 1) options.say?.(`✗ after ${point}: ${faults[told] ?? ''}`);
    kills += 1;
    killedBy[name] = (killedBy[name] ?? 0) + 1;
    if (kills % 10 === 0)
      options.say?.(
        `${String(kills)} kills, ${String(ackedRuns.size)} runs, ${String(faults.length)} faults`,
      );
  }
  const last = startHost(dataDir, 'none', env);
  const born = performance.now();
  await last.started;
  await watchSettling(last, born);
  await finishAll(last);
  await last.close();
  noteLog(last);
  const seen = inspect();
  if (faults.length === 0) rmSync(folder, { recursive: true, force: true });
  else options.say?.(`kept for a look: ${folder}`);
  settled.sort((a, b) => a - b);
  return {
    kills,
    killedBy,
    ...seen,
    decisions: ackedDecisions.length,
    settledMs: {
      median: Math.round(settled[settled.length >> 1] ?? 0),
      max: Math.round(settled.at(-1) ?? 0),
    },
    faults,
    durationMs: Math.round(performance.now() - began),
  };

  function choosePoint(): string {
    const dice = random();
    if (dice < 0.3) return `time:${String(300 + Math.floor(random() * 3_000))}`;
    if (dice < 0.45) return `write:${String(upTo(120))}`;
    if (dice < 0.65) return `written:${String(upTo(120))}`;
    if (dice < 0.9) return `git:${String(upTo(200))}`;
    if (dice < 0.95) return 'log:homer started';
    return 'log:runs recovered';
  }

  async function live(host: HostHandle, since: number): Promise<void> {
    const settling = watchSettling(host, since);
    while (!host.isDead()) {
      const rows = await host.ask('run.list', { filter: 'active' });
      if (rows === 'dead') break;
      if ('refused' in rows) faults.push(`the list of runs was refused: ${rows.refused}`);
      else {
        const open = rows.value.rows;
        if (open.filter(({ status }) => status !== 'review').length < 3) await create(host);
        for (const row of open)
          if (row.status === 'review') await decide(host, row.id, row.version, row.attempt);
      }
      await pause(40);
    }
    await settling;
  }

  async function create(host: HostHandle): Promise<void> {
    const made = await host.ask('run.create', {
      projectId,
      query: `Work ${String(ackedRuns.size)}`,
      ...(ackedRuns.size % 3 === 1 ? { runType: 'workflow', metadata: { stages: stagesOf(ledger) } } : {}),
    });
    if (made === 'dead') return;
    if ('refused' in made) faults.push(`a new run was refused: ${made.refused}`);
    else ackedRuns.set(made.value.run.id, made.value.run.number);
  }

  async function decide(host: HostHandle, id: string, version: number, attempt: number): Promise<void> {
    const dice = random();
    const again = attempt === 1 && dice < 0.3;
    const [action, done] = again
      ? ([
          'request_changes',
          await host.ask('run.requestChanges', { id, version, feedback: 'Again.' }),
        ] as const)
      : dice < 0.8
        ? (['apply', await host.ask('run.apply', { id, version })] as const)
        : (['discard', await host.ask('run.discard', { id, version })] as const);
    if (done === 'dead') return;
    if ('refused' in done) faults.push(`${action} was refused: ${done.refused}: ${done.why}`);
    else ackedDecisions.push({ id, action });
  }

  /** How long after a start until no run is working by the store without being in hand. */
  async function watchSettling(host: HostHandle, since: number): Promise<void> {
    while (!host.isDead()) {
      const [status, rows] = await Promise.all([
        host.ask('worker.status', {}),
        host.ask('run.list', { filter: 'active' }),
      ]);
      if (status === 'dead' || rows === 'dead' || 'refused' in status || 'refused' in rows) return;
      const inHand = new Set(status.value.running.map(({ runId }) => runId));
      const lost = rows.value.rows.filter(
        (row) => ['running', 'validating'].includes(row.status) && !inHand.has(row.id),
      );
      const ms = performance.now() - since;
      if (lost.length === 0) {
        settled.push(ms);
        return;
      }
      if (ms > SETTLED_LIMIT_MS) {
        faults.push(
          `${String(lost.length)} runs were in nobody's hands ${String(Math.round(ms))} ms after a restart`,
        );
        return;
      }
      await pause(20);
    }
  }

  async function finishAll(host: HostHandle): Promise<void> {
    let ended = false;
    for (const end = performance.now() + 60_000; performance.now() < end;) {
      const rows = await host.ask('run.list', { filter: 'active' });
      if (rows === 'dead' || 'refused' in rows) {
        faults.push('the last host died or refused');
        return;
      }
      ended = rows.value.rows.every(({ status }) => status === 'review');
      // It looks for worktrees that former hosts left while it goes on with the runs: on a busy machine that takes longer.
      if (ended && worktreesBeside(rows.value.rows.map(({ id }) => id)).length === 0) return;
      await pause(50);
    }
    if (!ended) faults.push('some runs never came to an end');
  }

  /** Names of worktrees of other runs than these. */
  function worktreesBeside(runIds: readonly string[]): string[] {
    const tasks = join(project, '.workspace', 'tasks');
    const names = existsSync(tasks) ? readdirSync(tasks) : [];
    return names.filter((name) => !runIds.includes(name.replace(/-s\d+$/u, '')));
  }

  function noteLog(host: HostHandle): void {
    for (const line of host.logged)
      if (line.startsWith('stderr:') || line.startsWith('error:')) faults.push(line.slice(0, 600));
  }

  function inspect(): Pick<KillReport, 'runs' | 'turns' | 'statuses' | 'recoveries'> {
    const db = new Database(join(dataDir, 'homer.sqlite'), { readonly: true });
    const all = <T>(sql: string, ...values: unknown[]): T[] => db.prepare(sql).all(...values) as T[];
    try {
      for (const row of all<{ integrity_check: string }>('PRAGMA integrity_check'))
        if (row.integrity_check !== 'ok') faults.push(`integrity: ${row.integrity_check}`);
      if (all('PRAGMA foreign_key_check').length > 0) faults.push('rows point to rows that are gone');
      for (const [id, number] of ackedRuns)
        if (all('SELECT 1 FROM run WHERE id = ? AND number = ?', id, number).length !== 1)
          faults.push(`the acknowledged run ${id} is lost`);
      for (const { id, action } of ackedDecisions)
        if (all(`SELECT 1 FROM decision WHERE entity_id = ? AND action = ?`, id, action).length !== 1)
          faults.push(`the acknowledged ${action} of ${id} stands not once`);
      for (const row of all<{ id: string }>(
        `SELECT run.id FROM run LEFT JOIN run_event ON run_id = run.id GROUP BY run.id
         HAVING COUNT(seq) <> MAX(seq) OR MIN(seq) <> 1 OR MAX(seq) <> event_seq`,
      ))
        faults.push(`the timeline of ${row.id} has a gap`);
      for (const row of all<{ id: string }>(
        'SELECT intent_id AS id FROM run GROUP BY intent_id, attempt HAVING COUNT(*) > 1',
      ))
        faults.push(`an attempt number of ${row.id} stands twice`);
      const runs = all<{
        id: string;
        status: string;
        error_tag: string | null;
        recoveries: number;
        worktree: string;
      }>('SELECT id, status, error_tag, recoveries, worktree FROM run');
      const expected = new Set(['review', 'applied', 'discarded']);
      for (const run of runs)
        if (!expected.has(run.status)) faults.push(`${run.id} is ${run.status} (${run.error_tag ?? ''})`);
      const turns = new Map<string, { start: number; end: number }>();
      for (const line of readFileSync(ledger, 'utf8').split('\n').filter(Boolean)) {
        const [word, turn] = line.split(' ') as ['start' | 'end', string];
        const seen = turns.get(turn) ?? { start: 0, end: 0 };
        seen[word] += 1;
        turns.set(turn, seen);
      }
      for (const [turn, { start, end }] of turns) {
        if (start !== 1) faults.push(`the turn ${turn} started ${String(start)} times`);
        if (end !== 1) faults.push(`the turn ${turn} ended ${String(end)} times`);
      }
      const steps = all<{ turn: string }>(
        `SELECT run_id || ':' || run_step.attempt || ':' || run_step.step AS turn FROM run_step JOIN run ON run.id = run_id
         WHERE run_type <> 'workflow' OR stage <> ''`,
      );
      for (const { turn } of steps)
        if (!turns.has(turn)) faults.push(`the step ${turn} has a checkpoint and no turn`);
      if (steps.length !== turns.size)
        faults.push(`${String(turns.size)} turns ran and ${String(steps.length)} steps have checkpoints`);
      if (all('SELECT 1 FROM command_child').length > 0) faults.push('a command is still recorded');
      const open = runs.filter(({ status }) => status === 'review').map(({ id }) => id);
      for (const name of worktreesBeside(open)) faults.push(`the worktree ${name} is left`);
      for (const run of runs)
        if (run.status === 'applied' && !git('ls-tree', '--name-only', 'main').includes(run.id))
          faults.push(`the applied run ${run.id} is not on the branch`);
      const alive = tagged(`HOMER_PROJECT_PATH=${project}`).concat(
        runs.flatMap(({ id }) => tagged(`HOMER_TAG=${id}`)),
      );
      if (alive.length > 0) faults.push(`${String(alive.length)} processes are left`);
      const statuses: Record<string, number> = {};
      for (const { status } of runs) statuses[status] = (statuses[status] ?? 0) + 1;
      return {
        runs: runs.length,
        turns: turns.size,
        statuses,
        recoveries: runs.reduce((sum, run) => sum + run.recoveries, 0),
      };
    } finally {
      db.close();
    }
  }
}

async function set(host: HostHandle, key: string, value: string): Promise<void> {
  const done = await host.ask('flag.set', { key, value });
  if (done === 'dead' || 'refused' in done) throw new Error(`${key} could not be set`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
