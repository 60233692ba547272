import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { until } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { becomes, line, startRun } from './desktop-words.ts';

onDesktop('launch at login', ({ folder, start }) => {
  const entry = (): string => path.join(folder(), 'config/autostart/homer.desktop');
  const question = 'Start Homer when you log in?';

  test('is off until the owner has ticked it in the tray, and off again when it is unticked', async () => {
    const desktop = await start();
    const page = await desktop.page();
    expect(existsSync(entry())).toBe(false);
    await until('the menu', async () => line(await desktop.state(), 'Launch at login') !== undefined);
    await desktop.act('tray/click', { labels: ['Launch at login'] });
    await until('the tick', async () => line(await desktop.state(), 'Launch at login')?.checked === true);
    expect(readFileSync(entry(), 'utf8')).toMatch(/^Exec=.*--hidden$/mu);
    // The settings say the same.
    await page.goto(`${page.url().split('#')[0] ?? ''}#/settings?section=general`);
    const setting = page.getByRole('switch', { name: /^Launch at login/u });
    await expect(setting).toBeChecked();
    await setting.click();
    await until(
      'the tick to go',
      async () => line(await desktop.state(), 'Launch at login')?.checked === false,
    );
    expect(existsSync(entry())).toBe(false);
  });

  test('is asked about after the first run, and never again after an answer', async () => {
    const desktop = await start();
    const page = await desktop.page();
    await expect(page.locator('main')).toBeVisible();
    await expect(page.getByText(question)).toHaveCount(0);
    const id = await startRun(page, 'First of all');
    await becomes(page, id, 'running');
    await expect(page.getByText(question)).toBeVisible();
    await page.getByRole('button', { name: 'Start at login' }).click();
    await expect(page.getByText(question)).toHaveCount(0);
    expect(existsSync(entry())).toBe(true);
    // Off by hand later: that was an answer too.
    await until('the tick', async () => line(await desktop.state(), 'Launch at login')?.checked === true);
    await desktop.act('tray/click', { labels: ['Launch at login'] });
    await until('no entry', () => !existsSync(entry()));
    await page.reload();
    await expect(page.locator('main')).toBeVisible();
    await page.waitForTimeout(300);
    await expect(page.getByText(question)).toHaveCount(0);
  });
});
