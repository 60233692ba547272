import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startHost, type HostHandle } from './host-handle.ts';
import { createRandom } from './random.ts';

export interface RotationReport {
  readonly kills: number;
  readonly killedBy: Record<string, number>;
  readonly runs: number;
  readonly turns: number;
  readonly limited: number;
  /** How long after the reset of the last account a waiting run began, in the life of a host that was started meanwhile. */
  readonly lateMs: number;
  /** Sentences, one for each promise that was broken; empty when all held. */
  readonly faults: string[];
  readonly durationMs: number;
}

const TOKENS = 110;
/** A run that waited for a reset begins no later than this after it. */
const LATE_LIMIT_MS = 3_000;

/**
 * One turn: a line in the ledger at its start and one at its end, with the account it has. The account `bad` is refused; the others are
 * limited for two seconds every third time, and always while the file `all` is there.
 */
const agentIn = (folder: string): string =>
  [
    `turn="$HOMER_RUN_ID $HOMER_ATTEMPT $HOMER_STEP $HOMER_ACCOUNT"`,
    `echo "start $turn $(date +%s%3N)" >> '${folder}/ledger'`,
    'sleep "0.$(( $$ % 3 ))"',
    `echo '{"homer":"usage","tokensIn":100,"tokensOut":10,"costMicroUsd":5000}'`,
    'if [ "$HOMER_ACCOUNT" = bad ]; then',
    `  echo "auth $turn 0" >> '${folder}/ledger'`,
    `  echo '{"homer":"ending","class":"auth"}'; exit 1`,
    'fi',
    `if [ -e '${folder}/all' ] || [ $(( $$ % 3 )) = 0 ]; then`,
    '  reset=$(( $(date +%s) + 3 ))',
    `  echo "limited $turn $(( reset * 1000 ))" >> '${folder}/ledger'`,
    `  echo "{\\"homer\\":\\"ending\\",\\"class\\":\\"rate_limited\\",\\"resetsAt\\":\\"$(date -u -d @$reset +%Y-%m-%dT%H:%M:%S.000Z)\\"}"; exit 1`,
    'fi',
    'echo "$HOMER_STEP" >> "f-$HOMER_RUN_ID.txt"',
    `echo "ok $turn 0" >> '${folder}/ledger'`,
    '[ "$HOMER_STEP" = 1 ] && echo TASK_STATE: CONTINUE || echo TASK_STATE: DONE',
  ].join('\n');

interface Line {
  readonly word: string;
  readonly turn: string;
  readonly runId: string;
  readonly account: string;
  /** When it started, or when its account is back; ms since 1970. */
  readonly at: number;
}

/**
 * Lets a host rotate two accounts that are limited again and again, and one that is refused, and kills it at random points, right after a
 * refusal, and while runs wait. Then it looks outside Homer, in the ledger the agents wrote, and in the database, at what became of it.
 */
export async function killRotation(options: {
  kills: number;
  seed: number;
  say?: (line: string) => void;
}): Promise<RotationReport> {
  const began = performance.now();
  const random = createRandom(options.seed);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homer-rotate-')));
  const [dataDir, project, home] = ['data', 'project', 'home'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [project, home]) mkdirSync(path);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Owner\n\temail = owner@example.org\n');
  writeFileSync(join(folder, 'ledger'), '');
  const env = { PATH: process.env['PATH'] ?? '', HOME: home };
  const git = (...args: string[]): unknown =>
    execFileSync('git', args, { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'First');

  const faults: string[] = [];
  const killedBy: Record<string, number> = {};
  const runs: string[] = [];
  let kills = 0;

  const first = startHost(dataDir, 'none', env);
  await first.started;
  // One at a time: then a start with an account that was limited before is a fault, whatever the order of things.
  for (const [key, value] of [
    ['runtime.discovery_enabled', 'off'],
    ['runtime.max_concurrent_runs', '1'],
    ['runtime.max_recoveries', '100'],
  ] as const)
    await answered(first, first.ask('flag.set', { key, value }));
  const { id: projectId } = await answered(
    first,
    first.ask('project.add', { path: project, shellCommand: agentIn(folder), riskProfile: 'trusted' }),
  );
  for (const label of ['bad', 'one', 'two'])
    await answered(first, first.ask('account.add', { executor: 'shell', label, billing: 'use' }));
  await first.close();

  while (kills < options.kills) {
    const [name, point] = choosePoint();
    const host = startHost(dataDir, point, env);
    const timers = [setTimeout(host.kill, name === 'time' ? 300 + Math.floor(random() * 2_500) : 5_000)];
    const start = await host.started;
    if (typeof start === 'object') faults.push(`a restart was refused: ${start.refused}`);
    const limitedBefore = ledger().filter(({ word }) => word === 'limited').length;
    while (!host.isDead()) {
      const rows = await host.ask('run.list', { filter: 'active' });
      if (rows === 'dead' || 'refused' in rows) break;
      const open = rows.value.rows.filter(({ status }) => status !== 'review');
      if (open.length < 2) {
        const made = await host.ask('run.create', { projectId, query: `Work ${String(runs.length)}` });
        if (made !== 'dead' && 'value' in made) runs.push(made.value.run.id);
      }
      const limited = ledger().filter(({ word }) => word === 'limited').length > limitedBefore;
      // Between the refusal and what Homer makes of it, or soon after.
      if (name === 'limited' && limited) timers.push(setTimeout(host.kill, Math.floor(random() * 150)));
      if (name === 'waiting' && open.some(({ waiting }) => waiting?.includes('rate limited'))) host.kill();
      await pause(15);
    }
    await host.dead;
    timers.forEach(clearTimeout);
    noteLog(host);
    kills += 1;
    killedBy[name] = (killedBy[name] ?? 0) + 1;
    if (kills % 10 === 0)
      options.say?.(`${String(kills)} kills, ${String(runs.length)} runs, ${String(faults.length)} faults`);
  }
  const lateMs = await killWhileAllWait();
  inspect();
  const lines = ledger();
  if (faults.length === 0) rmSync(folder, { recursive: true, force: true });
  else options.say?.(`kept for a look: ${folder}`);
  return {
    kills,
    killedBy,
    runs: runs.length,
    turns: lines.filter(({ word }) => word === 'start').length,
    limited: lines.filter(({ word }) => word === 'limited').length,
    lateMs,
    faults,
    durationMs: Math.round(performance.now() - began),
  };

  function choosePoint(): [string, string] {
    const dice = random();
    const nth = String(1 + Math.floor(random() * 80));
    if (dice < 0.2) return ['write', `write:${nth}`];
    if (dice < 0.45) return ['written', `written:${nth}`];
    if (dice < 0.75) return ['limited', 'none'];
    return dice < 0.85 ? ['waiting', 'none'] : ['time', 'none'];
  }

  /** The last host is killed while a run waits for every account; the next one must begin it at the reset, by itself. */
  async function killWhileAllWait(): Promise<number> {
    const host = startHost(dataDir, 'none', env);
    await host.started;
    await settled(host);
    writeFileSync(join(folder, 'all'), '');
    const { run } = await answered(host, host.ask('run.create', { projectId, query: 'The one that waits' }));
    runs.push(run.id);
    await until(async () => {
      const { waiting } = await answered(host, host.ask('run.get', { id: run.id }));
      const used = new Set(
        ledger().flatMap(({ word, runId, account }) =>
          word === 'limited' && runId === run.id ? [account] : [],
        ),
      );
      return used.size === 2 && (waiting?.includes('rate limited') ?? false);
    }, 'a run never waited for all accounts');
    rmSync(join(folder, 'all'));
    host.kill();
    await host.dead;
    noteLog(host);
    const [back] = ledger()
      .filter(({ word, runId }) => word === 'limited' && runId === run.id)
      .map(({ at }) => at)
      .sort((a, b) => a - b);
    const next = startHost(dataDir, 'none', env);
    await next.started;
    const restarted = Date.now();
    const before = ledger().length;
    await until(
      async () =>
        ledger()
          .slice(before)
          .some(({ word, runId }) => word === 'start' && runId === run.id),
      'a run that waited was not begun after the reset',
    );
    const begun = ledger()
      .slice(before)
      .find(({ word, runId }) => word === 'start' && runId === run.id);
    await settled(next);
    await next.close();
    noteLog(next);
    const late = (begun?.at ?? 0) - Math.max(back ?? 0, restarted);
    if (late > LATE_LIMIT_MS) faults.push(`a run that waited began ${String(late)} ms after the reset`);
    return late;
  }

  async function settled(host: HostHandle): Promise<void> {
    await until(async () => {
      const { rows } = await answered(host, host.ask('run.list', { filter: 'active' }));
      return rows.every(({ status }) => status === 'review');
    }, 'some runs never came to an end');
  }

  async function until(what: () => Promise<boolean>, otherwise: string): Promise<void> {
    for (const end = performance.now() + 60_000; performance.now() < end;) {
      if (await what()) return;
      await pause(50);
    }
    faults.push(otherwise);
  }

  function ledger(): Line[] {
    return readFileSync(join(folder, 'ledger'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [word = '', runId = '', attempt = '', step = '', account = '', at = '0'] = line.split(' ');
        return { word, runId, account, turn: `${runId} ${attempt} ${step} ${account}`, at: Number(at) };
      });
  }

  function noteLog(host: HostHandle): void {
    for (const line of host.logged)
      if (line.startsWith('stderr:') || line.startsWith('error:')) faults.push(line.slice(0, 600));
  }

  function inspect(): void {
    const db = new Database(join(dataDir, 'homer.sqlite'), { readonly: true });
    const all = <T>(sql: string): T[] => db.prepare(sql).all() as T[];
    const lines = ledger();
    try {
      for (const row of all<{ id: string }>(
        'SELECT intent_id AS id FROM run GROUP BY intent_id, attempt HAVING COUNT(*) > 1',
      ))
        faults.push(`an attempt number of ${row.id} stands twice`);
      for (const row of all<{ id: string }>('SELECT id FROM run WHERE attempt <> 1'))
        faults.push(`${row.id} took another attempt because an account was limited`);
      for (const row of all<{ id: string; status: string }>(
        `SELECT id, status FROM run WHERE status <> 'review'`,
      ))
        faults.push(`${row.id} is ${row.status}`);
      // What the agents say they used, turn by turn and account by account, is what is counted, once.
      const told = tally(
        lines.filter(({ word }) => word !== 'start').map(({ turn, word }) => `${turn} ${word}`),
      );
      const words: Record<string, string> = { rate_limited: 'limited', auth: 'auth', ok: 'ok' };
      const counted = tally(
        all<{ turn: string; class: string }>(
          `SELECT run_id || ' ' || attempt || ' ' || step || ' ' || label AS turn, class
           FROM turn_use LEFT JOIN executor_account ON executor_account.id = account_id`,
        ).map((row) => `${row.turn} ${words[row.class] ?? row.class}`),
      );
      for (const key of new Set([...told.keys(), ...counted.keys()]))
        if (told.get(key) !== counted.get(key))
          faults.push(
            `${key}: ended ${String(told.get(key) ?? 0)} times, counted ${String(counted.get(key) ?? 0)}`,
          );
      for (const { id, used } of all<{ id: string; used: number }>(
        'SELECT id, tokens_in + tokens_out AS used FROM run',
      )) {
        const ended = lines.filter(({ word, runId }) => runId === id && word !== 'start').length;
        if (used !== ended * TOKENS)
          faults.push(`${id} used ${String(ended * TOKENS)} tokens, and ${String(used)} are counted`);
      }
      const starts = tally(lines.filter(({ word }) => word === 'start').map(({ turn }) => turn));
      const ends = tally(lines.filter(({ word }) => word !== 'start').map(({ turn }) => turn));
      for (const [turn, count] of starts)
        if (ends.get(turn) !== count)
          faults.push(`${turn} started ${String(count)} times and ended ${String(ends.get(turn) ?? 0)}`);
      for (const turn of new Set(
        lines.flatMap(({ word, turn: it }) => (word === 'ok' ? [it.split(' ').slice(0, 3).join(' ')] : [])),
      ))
        if (lines.filter((line) => line.word === 'ok' && line.turn.startsWith(`${turn} `)).length !== 1)
          faults.push(`the step ${turn} was done more than once`);
      // An account that was refused is used no more; one that was limited not before it is back.
      const refused = lines.filter(({ word }) => word === 'auth').length;
      const [bad] = all<{ status: string }>(`SELECT status FROM executor_account WHERE label = 'bad'`);
      if (refused !== 1 || bad?.status !== 'error')
        faults.push(`the refused account was used ${String(refused)} times and is ${bad?.status ?? 'gone'}`);
      const backAt = new Map<string, number>();
      for (const { word, account, at, turn } of lines) {
        if (word === 'limited') backAt.set(account, at);
        if (word === 'start' && at < (backAt.get(account) ?? 0))
          faults.push(
            `${turn} began ${String((backAt.get(account) ?? 0) - at)} ms before its account was back`,
          );
      }
    } finally {
      db.close();
    }
  }
}

function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

async function answered<T>(
  host: HostHandle,
  asked: Promise<{ value: T } | { refused: string; why: string } | 'dead'>,
): Promise<T> {
  const reply = await asked;
  if (reply === 'dead' || 'refused' in reply)
    throw new Error(
      `the host ${String(host.pid)} did not do it: ${JSON.stringify(reply)} ${host.logged.join('\n')}`,
    );
  return reply.value;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
