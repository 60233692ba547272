import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startHost } from './host-handle.ts';

const folder = mkdtempSync(join(tmpdir(), 'homer-two-'));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a second host on the same data folder is refused, and the first goes on unharmed', async () => {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const first = startHost(folder, 'none', env);
  try {
    expect(await first.started).toBe('ready');
    const second = startHost(folder, 'none', env);
    expect(await second.started).toEqual({ refused: 'other_instance' });
    await second.dead;
    expect(await first.ask('flag.set', { key: 'budget.steps', value: '5' })).toMatchObject({
      value: { value: '5' },
    });
  } finally {
    first.kill();
    await first.dead;
  }
  const third = startHost(folder, 'none', env);
  expect(await third.started).toBe('ready');
  await third.close();
});
