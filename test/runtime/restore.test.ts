import { closeSync, existsSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findInstallation } from '../../main/boot/folders.ts';
import { restore } from '../../main/boot/restore.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
beforeEach(async () => {
  room = await createRuntimeRoom();
});
afterEach(() => room.dispose());

const back = (chosen: string | null = null, confirm: () => Promise<void> = () => Promise.resolve()) =>
  restore(
    { dataDir: room.dataDir, chosen, confirm },
    {
      env: { PATH: process.env['PATH'] },
      clock: createSystemClock(),
      installation: findInstallation(),
      version: '0.0.0',
    },
  );

it('is refused while a host runs', async () => {
  await room.did('backup.create', {});
  expect(await back()).toMatchObject({ ok: false, error: { tag: 'other_instance' } });
});

it('pauses what was at work when the backup was made, ends its agent, and starts nothing a second time', async () => {
  const ledger = room.file('ledger');
  const done = await room.run(`echo done >>'${ledger}'; echo 'TASK_STATE: DONE'`);
  await room.reaches(done, 'completed', 'review');
  const working = await room.run(`echo started >>'${ledger}'; sleep 60`);
  await room.until(() => room.alive(working).length > 0);
  await room.did('backup.create', {});
  const later = await room.run('true');
  await room.stop();
  expect(room.alive(working).length).toBeGreaterThan(0);
  const report = unwrap(await back());
  expect(report).toMatchObject({ paused: 1, refused: [] });
  expect(report.ended).toBeGreaterThan(0);
  expect(report.setAside !== null && existsSync(report.setAside)).toBe(true);
  await room.until(() => room.alive(working).length === 0);
  await room.start();
  const { run } = await room.did('run.get', { id: working });
  expect(run.status).toBe('paused');
  expect(JSON.stringify(await room.events(working))).toContain('restored from a backup of');
  expect(await room.call('run.get', { id: later })).toMatchObject({ ok: false, error: { tag: 'not_found' } });
  await room.did('worker.process', {});
  expect((await room.did('run.get', { id: working })).run.status).toBe('paused');
});

it('changes nothing when it is called off', async () => {
  await room.did('backup.create', {});
  await room.did('flag.set', { key: 'budget.steps', value: '5' });
  await room.stop();
  await expect(back(null, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(readdirSync(room.dataDir).filter((name) => /incoming|set-aside|replac/u.test(name))).toEqual([]);
  await room.start();
  expect((await room.did('flag.list', {})).find(({ key }) => key === 'budget.steps')?.value).toBe('5');
});

it('replaces a damaged database, which the start names with the command to do so', async () => {
  await room.did('backup.create', {});
  await room.stop();
  const path = join(room.dataDir, 'homer.sqlite');
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(40_000, 0xa5), 0, 40_000, 4_096 * 3);
  closeSync(file);
  await expect(room.start()).rejects.toThrow(/damaged/u);
  const report = unwrap(await back());
  expect(report.durationMs).toBeLessThan(5_000);
  await room.start();
  expect((await room.did('health.get', {})).status).toBe('ok');
  const { sizes } = await room.did('data.status', {});
  expect(sizes.setAside).toBeGreaterThan(40_000);
});
