import { expect, test } from '@playwright/test';
import { until } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { call } from './desktop-words.ts';

onDesktop('the window', ({ start, session }) => {
  test('is gone when it was closed, and opens again from the tray where it was', async () => {
    const desktop = await start();
    await desktop.page();
    const bounds = { x: 200, y: 120, width: 900, height: 700 };
    await desktop.act('window/move', { bounds });
    await desktop.act('window/close');
    await until('the window to go', async () => (await desktop.state()).windows.length === 0);
    await desktop.act('tray/click', { labels: ['Open dashboard'] });
    const page = await desktop.page();
    expect(await call(page, 'health.get', {})).toMatchObject({ ok: true });
    expect((await desktop.state()).windows[0]?.bounds).toEqual(bounds);
  });

  test('goes back to the middle when the screen it was on is gone', async () => {
    const desktop = await start();
    await desktop.page();
    await desktop.act('window/move', { bounds: { x: 4000, y: 3000, width: 900, height: 700 } });
    await desktop.act('window/close');
    await until('the window to go', async () => (await desktop.state()).windows.length === 0);
    await desktop.act('tray/click', { labels: ['Open dashboard'] });
    await desktop.page();
    expect((await desktop.state()).windows[0]?.bounds.x).toBeLessThan(1920);
  });

  test('loads its page again when that stops working, says so, and gives up when it keeps failing', async () => {
    const desktop = await start();
    test.skip(desktop.isElectron, 'A crash would take the recorder of the page with it.');
    const crash = async (): Promise<void> => {
      const page = await desktop.page();
      // The navigation fails because the page is gone, which is what is wanted.
      await expect(page.goto('chrome://crash')).rejects.toThrow();
    };
    await crash();
    const again = (count: number) => () => (desktop.log().match(/was loaded again/gu) ?? []).length === count;
    await until('the first reload', again(1));
    const page = await desktop.page();
    await expect(page.getByText('The dashboard had stopped working and was loaded again.')).toBeVisible();
    expect(await call(page, 'health.get', {})).toMatchObject({ ok: true });
    await crash();
    await until('the second reload', again(2));
    await desktop.page();
    await crash();
    await until('the window to go', async () => (await desktop.state()).windows.length === 0);
    await until('the words', async () => (await session().titles()).includes('The dashboard was closed'));
    await desktop.act('tray/click', { labels: ['Open dashboard'] });
    expect(await call(await desktop.page(), 'health.get', {})).toMatchObject({ ok: true });
  });
});
