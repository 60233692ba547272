import { expect, test, type Page } from '@playwright/test';
import { until, type Desktop } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { call, decisionsOf, line, propose } from './desktop-words.ts';

onDesktop('the quick window', ({ start }) => {
  const icon = { x: 1800, y: 4, width: 24, height: 24 };
  const press = (desktop: Desktop): Promise<unknown> => desktop.act('tray/press', { bounds: icon });
  const shown = async (desktop: Desktop): Promise<boolean | undefined> =>
    (await desktop.state()).windows.find(({ url }) => url.includes('#/quick'))?.visible;
  const isShown = (desktop: Desktop, wanted: boolean): Promise<void> =>
    until('the quick window', async () => (await shown(desktop)) === wanted);
  /** Homer with three ideas and the quick window open. */
  const open = async (): Promise<{ desktop: Desktop; page: Page; quick: Page; ids: string[] }> => {
    const desktop = await start();
    const page = await desktop.page();
    const ids = [];
    for (const title of ['Cache the index', 'Retry on 429', 'Typed config'])
      ids.push(await propose(page, title));
    await press(desktop);
    const quick = await desktop.quickPage();
    await expect(quick.getByText('3 need you')).toBeVisible();
    await isShown(desktop, true);
    return { desktop, page, quick, ids };
  };

  test('opens by the tray icon, and decides by keyboard and mouse', async () => {
    const { desktop, page, quick, ids } = await open();
    const bounds = async () =>
      (await desktop.state()).windows.find(({ url }) => url.includes('#/quick'))?.bounds;
    expect(await bounds()).toMatchObject({ x: 1920 - 420, y: 36, width: 420 });
    // As high as the three items, the one in front opened, and no higher than it may be.
    const room = () =>
      quick.evaluate(() => {
        const main = document.querySelector('main');
        return {
          height: window.innerHeight,
          spare: (main?.clientHeight ?? 0) - (main?.scrollHeight ?? 0),
        };
      });
    await until('the height of what is shown', async () => {
      const { height, spare } = await room();
      return height < 560 && spare === 0 && (await bounds())?.height === height;
    });
    const chosen = quick.locator('li[aria-current]');
    await expect(chosen).toContainText('Cache the index');
    await quick.keyboard.press('j');
    await expect(chosen).toContainText('Retry on 429');
    await quick.waitForTimeout(600);
    await quick.keyboard.press('s');
    await expect(
      quick.locator('li', { hasText: 'Retry on 429' }).getByRole('button', { name: 'Undo' }),
    ).toBeVisible();
    await expect(chosen).toContainText('Typed config');
    await quick.waitForTimeout(600);
    // What was decided before goes when the next is decided, and that goes when the window is left.
    expect(await decisionsOf(page, ids[1] ?? '')).toEqual([]);
    await chosen.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => decisionsOf(page, ids[1] ?? '')).toMatchObject([{ action: 'skip' }]);
    await quick.evaluate(() => window.dispatchEvent(new Event('blur')));
    await expect.poll(() => decisionsOf(page, ids[2] ?? '')).toMatchObject([{ action: 'approve' }]);
  });

  test('decides nothing by a key that comes with the window', async () => {
    const { desktop, page, quick, ids } = await open();
    await quick.evaluate(() => window.dispatchEvent(new Event('focus')));
    await quick.keyboard.press('a');
    await quick.waitForTimeout(300);
    for (const id of ids) expect(await decisionsOf(page, id)).toEqual([]);

    // What its Restart does: Homer ends in order, and starts again.
    await page.evaluate(() => void window.homer.call('host.restart', {}));
    expect(await desktop.ended).toBe(0);
    expect(desktop.log()).toContain('stand-in: starts again');
  });

  test('snoozes, pauses everything and leads to the dashboard', async () => {
    const { desktop, page, quick, ids } = await open();
    await quick.waitForTimeout(600);
    await quick.keyboard.press('h');
    await expect(quick.getByText('Snoozed for an hour')).toBeVisible();
    await quick.evaluate(() => window.dispatchEvent(new Event('blur')));
    await expect(quick.getByText('2 need you')).toBeVisible();
    expect(await call(page, 'inbox.snoozed', {})).toMatchObject({ value: { total: 1 } });
    await quick.keyboard.press('p');
    await expect(quick.getByText('Everything is paused')).toBeVisible();
    await until('the icon', async () => line(await desktop.state(), 'Resume') !== undefined);
    await quick.keyboard.press('Enter');
    await isShown(desktop, false);
    await expect.poll(() => page.url()).toContain(`#/proposal/${ids[1] ?? ''}`);
  });

  test('hides at Escape, when another window is pressed, and when the icon is pressed again', async () => {
    const { desktop, quick } = await open();
    await quick.keyboard.press('Escape');
    await isShown(desktop, false);
    await quick.waitForTimeout(300);
    await press(desktop);
    await isShown(desktop, true);
    await desktop.act('window/blur', { url: '#/quick' });
    await isShown(desktop, false);
    // The press that took the focus away is the one on the icon: it does not show the window again.
    await press(desktop);
    expect(await shown(desktop)).toBe(false);
    await quick.waitForTimeout(300);
    await press(desktop);
    await isShown(desktop, true);
    await press(desktop);
    await isShown(desktop, false);
  });

  test('opens by a shortcut of the owner, which is none at first and is refused when it is taken', async () => {
    const desktop = await start();
    const page = await desktop.page();
    expect((await desktop.state()).shortcuts).toEqual([]);
    await page.goto(`${page.url().split('#')[0] ?? ''}#/settings?section=general`);
    const field = page.getByLabel('Shortcut of the quick window');
    await desktop.act('shortcut/take', { shortcut: 'Control+Alt+T' });
    await field.press('Control+Alt+T');
    await expect(page.getByText('Control+Alt+T is taken by another program')).toBeVisible();
    await field.press('Control+Alt+H');
    await expect(field).toHaveValue('Control+Alt+H');
    expect((await desktop.state()).shortcuts).toEqual(['Control+Alt+H']);
    await desktop.act('shortcut/press', { shortcut: 'Control+Alt+H' });
    await desktop.quickPage();
    await isShown(desktop, true);
    await page.getByRole('button', { name: 'Remove' }).click();
    await expect.poll(async () => (await desktop.state()).shortcuts).toEqual([]);
    // Another surface sets it: it holds at once.
    await call(page, 'flag.set', { key: 'desktop.quick_shortcut', value: 'Control+Alt+J' });
    await expect.poll(async () => (await desktop.state()).shortcuts).toEqual(['Control+Alt+J']);
  });
});
