import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { onDesktop } from './desktop-fixture.ts';
import { call } from './desktop-words.ts';

onDesktop('secrets', ({ folder, start }) => {
  test('go to the best keeper of the desktop, stand in no file of the data folder, and outlive a restart', async () => {
    const value = `ghp_${'aB3dE6gH9jK2'.repeat(3)}`;
    const first = await start();
    let page = await first.page();
    const status = (await call(page, 'secret.status', {})) as {
      value: { keeper: string; keepers: { kind: string; protection: string; detail: string }[] };
    };
    expect(status.value.keepers.map(({ kind }) => kind)).toContain('safe_storage');
    if (!first.isElectron) expect(status.value.keeper).toBe('safe_storage');
    expect(await call(page, 'secret.set', { name: 'github/token', value })).toMatchObject({
      value: { name: 'github/token', keeper: status.value.keeper, readable: true },
    });
    first.signal('SIGTERM');
    await first.ended;

    const data = path.join(folder(), 'data');
    const texts = readdirSync(data, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1'));
    expect(texts.some((text) => text.includes('github/token'))).toBe(true);
    expect(texts.filter((text) => text.includes(value))).toEqual([]);
    expect(first.log()).not.toContain(value);

    page = await (await start()).page();
    expect(await call(page, 'secret.list', {})).toMatchObject({
      value: [{ name: 'github/token', keeper: status.value.keeper, readable: true }],
    });
  });
});
