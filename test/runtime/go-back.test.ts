import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findInstallation } from '../../main/boot/folders.ts';
import { startOrSafeMode, type SafeOrRunning } from '../../main/boot/start-or-safe-mode.ts';
import { createDirectCall } from '../../main/headless/direct-call.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { connect } from '../../main/store/database.ts';
import { findReplacement } from '../../main/store/replace-database.ts';
import { claimRun } from '../../main/store/run-claim-store.ts';
import { addProject, addRun, openAt } from '../../main/store/testing/test-store.ts';
import type { LiveMessage } from '../../preload/contract/live.ts';
import type { Call, InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';

let folder: string;
let dataDir: string;
let scope = createScope('host');
let homer: SafeOrRunning;
let call: Call;

async function start(): Promise<void> {
  scope = createScope('host');
  homer = unwrap(
    await startOrSafeMode({
      host: 'headless',
      version: '1.2.3',
      dataDir,
      installation: findInstallation(),
      env: { PATH: process.env['PATH'], HOME: folder },
      clock: createSystemClock(),
      log: createSilentLog(),
      scope,
    }),
  );
  call = createDirectCall(homer.dispatch, { name: 'owner', channel: 'cli' });
}
beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'homer-go-back-')));
  dataDir = join(folder, 'data');
  await start();
});
afterEach(async () => {
  await scope.close();
  rmSync(folder, { recursive: true, force: true });
});

async function did<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const reply = await call(name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.tag}: ${reply.error.message}`);
  return reply.value;
}
const add = (title: string) => did('goal.create', { title });
const goals = async () => (await did('goal.list', {})).map(({ title }) => title).sort();
const backup = async (): Promise<string> => (await did('backup.create', {})).path.split('/').at(-1) ?? '';
const problems = async () => (await did('overview.get', {})).problems.map(({ tag }) => tag);
const leftovers = () => readdirSync(dataDir).filter((name) => /incoming|replac/u.test(name));

it('goes back to a backup while it runs, keeps what there was as a backup, and goes back to that one too', async () => {
  await add('Old');
  const name = await backup();
  await add('New');
  const heard: LiveMessage[] = [];
  const seen = (await did('overview.get', {})).seq;
  homer.live.subscribe(seen, (message) => heard.push(message));
  homer.work();

  expect(await did('backup.preview', { backup: name })).toMatchObject({
    backup: { name, holds: { version: '1.2.3' } },
    fault: null,
    lost: { changes: 2, runs: 0 },
    notOffered: '',
  });
  const done = await did('backup.restore', { backup: name });
  expect(await goals()).toEqual(['Old']);
  expect(await problems()).toEqual(['restored']);
  expect(heard.filter(({ reset }) => reset)).toHaveLength(1);
  // Who was away meanwhile, with the last sequence of the former database, reads everything again.
  const later: LiveMessage[] = [];
  homer.live.subscribe(seen, (message) => later.push(message));
  expect(later[0]).toMatchObject({ reset: true });
  expect((await did('overview.get', {})).seq).toBeGreaterThan(seen);

  const [newest] = await did('backup.list', {});
  expect(newest).toMatchObject({ path: done.kept, reason: 'before-restore' });
  // Of another past by now, though its numbers go on: what came since the restore is what goes.
  expect((await did('backup.preview', { backup: newest?.name ?? '' })).lost).toMatchObject({ proposals: 0 });
  await did('backup.restore', { backup: newest?.name ?? '' });
  expect(await goals()).toEqual(['New', 'Old']);
  expect(await problems()).toEqual(['restored']);
  expect(leftovers()).toEqual([]);
});

it('refuses what it cannot go on with, and what is not there, and changes nothing', async () => {
  const name = await backup();
  await add('Stays');
  const newer = connect(join(dataDir, 'backups', name));
  newer.pragma('user_version = 999999');
  newer.close();
  expect(await did('backup.preview', { backup: name })).toMatchObject({
    fault: expect.stringMatching(/written by a newer Homer \(its schema is 999999/u),
    lost: null,
  });
  expect(await call('backup.restore', { backup: name })).toMatchObject({
    ok: false,
    error: { tag: 'backup_damaged', message: expect.stringContaining('newer Homer') },
  });
  expect(await call('backup.restore', { backup: '../homer.sqlite' })).toMatchObject({
    ok: false,
    error: { tag: 'not_found' },
  });
  const work = createScope('at work');
  const store = unwrap(await openAt(dataDir, work));
  store.write((write) => {
    addRun(write, addProject(write, 'Work'));
    claimRun(write, '2030-01-01T00:00:00.000Z');
  });
  await work.close();
  expect(await call('backup.restore', { backup: name })).toMatchObject({
    ok: false,
    error: { tag: 'runs_at_work', message: 'A run is at work.' },
  });
  expect(await goals()).toEqual(['Stays']);
  expect(leftovers()).toEqual([]);
  expect(await did('backup.list', {})).toHaveLength(1);
});

it('goes on with the database it had when it cannot start with what was restored, and says why', async () => {
  const name = await backup();
  await add('Kept');
  // Sound for SQLite and of the right schema, and yet nothing Homer can start with.
  const broken = connect(join(dataDir, 'backups', name));
  broken.exec('DROP TABLE homer_version');
  broken.pragma('journal_mode = DELETE');
  broken.close();
  expect(await call('backup.restore', { backup: name })).toMatchObject({
    ok: false,
    error: { tag: 'not_restored', message: expect.stringContaining('homer_version') },
  });
  expect(await goals()).toEqual(['Kept']);
  expect(await problems()).toEqual(['not_restored']);
  expect([leftovers(), findReplacement(dataDir)]).toEqual([[], null]);
});

it('comes up in safe mode over a database of a newer Homer, names it, and goes back to a backup that it knows', async () => {
  await add('Old');
  const name = await backup();
  await add('New');
  await scope.close();
  const newer = connect(join(dataDir, 'homer.sqlite'));
  newer.pragma('user_version = 999999');
  newer.exec("INSERT INTO homer_version (version, since) VALUES ('9.8.7', '2030-01-01T00:00:00.000Z')");
  newer.close();
  await start();
  expect(homer.damaged()).toContain('written by a newer Homer 9.8.7 (schema 999999');
  expect((await did('safeMode.get', {})).damage).toMatchObject({
    cause: 'newer',
    backups: [{ name, fault: null }],
  });
  expect(await call('goal.list', {})).toMatchObject({ ok: false, error: { tag: 'safe_mode' } });
  expect(await call('safeMode.retry', {})).toMatchObject({ ok: false, error: { tag: 'newer_database' } });
  await did('safeMode.restore', { backup: name });
  expect([await goals(), homer.damaged()]).toEqual([['Old'], null]);
});

/**
 * Goes back as a process of its own that kills itself before the so-manieth change of a file; gives what the next start finds.
 */
async function killedAt(change: number, name: string): Promise<{ ended: string; found: string[] }> {
  const script = resolve(import.meta.dirname, 'go-back-process.ts');
  const done = spawnSync(process.execPath, [script, dataDir, name, String(change)], { encoding: 'utf8' });
  await start();
  const found = await goals();
  await scope.close();
  return { ended: done.signal ?? `${done.stdout}${done.stderr}`.trim(), found };
}

it('is the old or the new one, whole, when it is killed while it goes back', async () => {
  await add('Old');
  const name = await backup();
  await add('New');
  await scope.close();
  // With HOMER_EVERY_STEP=1 it is killed before each change there is; else in the thick of it.
  const every = process.env['HOMER_EVERY_STEP'] === '1';
  const seen: string[] = [];
  for (let change = every ? 1 : 18; change < 60; change += every ? 1 : 60) {
    const { ended, found } = await killedAt(change, name);
    seen.push(found.join('+'));
    expect([['New', 'Old'], ['Old']]).toContainEqual(found);
    expect(leftovers()).toEqual([]);
    if (ended !== 'SIGKILL') {
      expect(ended).toBe('restored');
      break;
    }
    if (found.length === 1) {
      // The same again from the start.
      await start();
      await did('backup.restore', { backup: (await did('backup.list', {}))[0]?.name ?? '' });
      await scope.close();
    }
  }
  if (every) console.log(seen.join(' '));
  expect(seen.length).toBeGreaterThan(0);
}, 120_000);
