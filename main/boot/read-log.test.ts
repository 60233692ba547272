import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSystemClock } from '../shared/clock.ts';
import { createFileLog } from './file-log.ts';
import { readLog } from './read-log.ts';

it('shows the newest lines, then each new one, over a rotation too', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'homer-log-'));
  const clock = createSystemClock();
  const log = createFileLog({ dataDir, clock, rotateBytes: 1_000 });
  for (let n = 1; n <= 5; n += 1) log.info(`old ${String(n)}`);
  const seen: string[] = [];
  const stop = new AbortController();
  const reading = readLog({
    dataDir,
    lines: 2,
    follow: true,
    signal: stop.signal,
    clock,
    line: (line) => seen.push((JSON.parse(line) as { message: string }).message),
  });
  expect(seen).toEqual(['old 4', 'old 5']);
  log.info('new 1');
  await expect.poll(() => seen).toContain('new 1');
  for (let n = 0; n < 12; n += 1) log.info('fill');
  log.info('after the rotation');
  await expect.poll(() => seen).toContain('after the rotation');
  stop.abort();
  expect((await reading).ok).toBe(true);
  rmSync(dataDir, { recursive: true });
});

it('says where it looked when there is no log', async () => {
  const reply = await readLog({
    dataDir: join(tmpdir(), 'homer-nowhere'),
    lines: 5,
    follow: false,
    signal: new AbortController().signal,
    clock: createSystemClock(),
    line: () => undefined,
  });
  expect(reply).toMatchObject({ ok: false, error: { tag: 'not_found' } });
});
