import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { until } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { line } from './desktop-words.ts';

onDesktop('launch at login', ({ folder, start }) => {
  test('launches at login only once the owner has ticked it', async () => {
    const desktop = await start();
    await desktop.page();
    const entry = path.join(folder(), 'config/autostart/homer.desktop');
    expect(existsSync(entry)).toBe(false);
    await desktop.act('tray/click', { labels: ['Launch at login'] });
    await until('the tick', async () => line(await desktop.state(), 'Launch at login')?.checked === true);
    expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=.*--hidden$/mu);
    await desktop.act('tray/click', { labels: ['Launch at login'] });
    await until(
      'the tick to go',
      async () => line(await desktop.state(), 'Launch at login')?.checked === false,
    );
    expect(existsSync(entry)).toBe(false);
  });
});
