import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OutputOf } from '../preload/contract/operations.ts';

// The inbox from the command line, against a host that runs, as its owner types it.
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'homer-inbox-'));
let host: ChildProcess;

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(root, 'main/homer.ts'), ...args], {
    cwd: folder,
    env: { ...process.env, HOMER_DATA: join(folder, 'data'), NO_COLOR: '1', DBUS_SESSION_BUS_ADDRESS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function homer(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(args);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

async function json<T>(...args: string[]): Promise<T> {
  const { out } = await homer(...args, '--json');
  return JSON.parse(out) as T;
}

beforeAll(async () => {
  host = start(['serve', '--port', '0', '--no-open', '--json']);
  await new Promise<void>((resolve, reject) => {
    let text = '';
    host.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('}')) resolve();
    });
    host.on('close', () => {
      reject(new Error('The host ended early.'));
    });
  });
  await json('proposal', 'add', 'Cache the index');
}, 60_000);
afterAll(async () => {
  const ended = once(host, 'close');
  if (host.kill('SIGTERM')) await ended;
  rmSync(folder, { recursive: true, force: true });
});

const waiting = async (): Promise<string[]> =>
  (await json<OutputOf<'inbox.list'>>('inbox')).items.map(({ ref }) => ref);
const snoozed = async (): Promise<OutputOf<'inbox.snoozed'>['items']> =>
  (await json<OutputOf<'inbox.snoozed'>>('inbox', 'snoozed')).items;

it('snoozes what waits, brings it back, decides it and undoes that, each told in a sentence', async () => {
  expect(await waiting()).toEqual(['P-1']);

  const put = await homer('inbox', 'snooze', 'P-1', '--for', '4h');
  expect(put).toMatchObject({ code: 0, err: '' });
  expect(put.out).toMatch(/^P-1 comes back in (4 h|4 hr|3 h).*\.\n$/u);
  expect(await waiting()).toEqual([]);
  const [there] = await snoozed();
  expect(there).toMatchObject({ ref: 'P-1', title: 'Cache the index' });
  expect(Math.abs(Date.parse(there?.snoozedUntil ?? '') - Date.now() - 4 * 3_600_000)).toBeLessThan(60_000);
  expect((await homer('inbox')).out).toContain('1 snoozed');

  expect(await homer('inbox', 'unsnooze', 'P-1')).toEqual({ code: 0, out: 'P-1 is back.\n', err: '' });
  expect(await snoozed()).toEqual([]);
  expect(await waiting()).toEqual(['P-1']);

  expect((await homer('proposal', 'skip', 'P-1')).code).toBe(0);
  expect(await waiting()).toEqual([]);
  const [done] = await json<OutputOf<'inbox.done'>>('inbox', 'done');
  expect(done).toMatchObject({ ref: 'P-1', action: 'skip', channel: 'cli', undo: 'take_back' });
  const undone = await homer('inbox', 'undo', done?.id ?? '');
  expect(undone).toMatchObject({ code: 0, err: '' });
  expect(undone.out).toBe(`Undone: proposal:${done?.entityId ?? ''} is back in Idea.\n`);
  expect(await waiting()).toEqual(['P-1']);
  expect((await homer('inbox', 'undo', done?.id ?? '')).code).toBe(75);
}, 120_000);

it('finds by words from the command line what the host knows', async () => {
  const found = await homer('search', 'cach', 'ind');
  expect(found).toMatchObject({ code: 0, err: '' });
  expect(found.out).toMatch(/^P-1 {2}Cache the index {2}.*\n$/u);
  expect((await json<OutputOf<'search.find'>>('search', 'cache', '--kind', 'proposal')).hits).toMatchObject([
    { kind: 'proposal', number: 1, titleRanges: [[0, 5]] },
  ]);
});
