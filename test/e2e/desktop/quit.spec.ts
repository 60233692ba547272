import { expect, test, type Page } from '@playwright/test';
import { until, type Desktop } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { becomes, call, childrenOf, isAlive, line, runOf, startRun } from './desktop-words.ts';

const finish = 0;
const pause = 1;
const stop = 2;

onDesktop('quitting', ({ start, session }) => {
  /** Homer with a run at work. */
  const working = async (): Promise<{ desktop: Desktop; page: Page; id: string }> => {
    const desktop = await start();
    const page = await desktop.page();
    const id = await startRun(page, 'Wait for a long time');
    await until(
      'the run in the tray',
      async () => line(await desktop.state(), 'Wait for a long time') !== undefined,
    );
    return { desktop, page, id };
  };
  const quit = (desktop: Desktop): Promise<unknown> => desktop.act('tray/click', { labels: ['Quit'] });

  test('leaves no process behind', async () => {
    const desktop = await start();
    await desktop.page();
    const family = childrenOf(desktop.pid);
    expect(family.length).toBeGreaterThan(0);
    await quit(desktop);
    expect(await desktop.ended).toBe(0);
    await until('the children to go', () => family.every((pid) => !isAlive(pid)));
  });

  test('asks while work runs, and a cancelled question leaves everything as it is', async () => {
    const { desktop, page } = await working();
    expect((await desktop.state()).tray?.image).toContain('running');
    expect((await desktop.state()).blocking).toBe(true);
    await quit(desktop);
    await until('the question', async () => (await desktop.state()).asked.length === 1);
    expect((await desktop.state()).buttons).toEqual([
      'Let them finish, then quit',
      'Pause them and quit',
      'Stop them and quit',
      'Cancel',
    ]);
    expect(await call(page, 'overview.get', {})).toMatchObject({ value: { running: 1 } });
    expect(await call(page, 'host.get', {})).toMatchObject({ value: { leaving: false } });
  });

  test('lets work finish: claims nothing new, says so in tray and window, and quits when it is done', async () => {
    const { desktop, page } = await working();
    await desktop.act('dialog/answer', { response: finish });
    await quit(desktop);
    await until(
      'the tray to say it',
      async () => line(await desktop.state(), 'Quits when one run is done, starts nothing new') !== undefined,
    );
    await expect(page.getByText('Homer quits when one run is done')).toBeVisible();

    const later = await startRun(page, 'Come later');
    await page.waitForTimeout(500);
    expect((await runOf(page, later)).status).toBe('queued');

    await desktop.act('tray/click', {
      labels: [line(await desktop.state(), 'Wait for a long time')!.label, 'Stop'],
    });
    expect(await desktop.ended).toBe(0);

    // What was left in the queue is work for the next start.
    const again = await start();
    await becomes(await again.page(), later, 'running');
  });

  test('can be told to stay after all, and goes on claiming', async () => {
    const { desktop, page } = await working();
    await desktop.act('dialog/answer', { response: finish });
    await quit(desktop);
    const later = await startRun(page, 'Come later');
    await expect(page.getByRole('button', { name: 'Do not quit' })).toBeVisible();
    await page.getByRole('button', { name: 'Do not quit' }).click();
    await becomes(page, later, 'running');
    await expect(page.getByText('Homer quits when')).toHaveCount(0);
    await until('the menu', async () => line(await desktop.state(), 'Do not quit') === undefined);
  });

  test('changes its mind from waiting to stopping, from the tray', async () => {
    const { desktop } = await working();
    await desktop.act('dialog/answer', { response: finish });
    await quit(desktop);
    await until(
      'the other way out',
      async () => line(await desktop.state(), 'Stop it and quit now') !== undefined,
    );
    await desktop.act('tray/click', { labels: ['Stop it and quit now'] });
    expect(await desktop.ended).toBe(0);
  });

  for (const [how, response, status] of [
    ['pauses', pause, 'paused'],
    ['stops', stop, 'stopped'],
  ] as const)
    test(`${how} the work when told so, and leaves no agent at work`, async () => {
      const { desktop, id } = await working();
      const family = childrenOf(desktop.pid);
      await desktop.act('dialog/answer', { response });
      await quit(desktop);
      expect(await desktop.ended).toBe(0);
      await until('the agent to go', () => family.every((pid) => !isAlive(pid)));
      const again = await start({ words: ['--hidden'] });
      await until('the tray', async () => (await again.state()).tray !== undefined);
      await again.act('tray/click', { labels: ['Open dashboard'] });
      expect((await runOf(await again.page(), id)).status).toBe(status);
    });

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    test(`ends in order at ${signal}`, async () => {
      const desktop = await start({ words: ['--hidden'] });
      await until('the tray', async () => (await desktop.state()).tray !== undefined);
      desktop.signal(signal);
      expect(await desktop.ended).toBe(0);
    });

  test('asks nothing when the session ends', async () => {
    const { desktop } = await working();
    await desktop.act('session/end');
    expect(await desktop.ended).toBe(0);
  });

  test('quits when its window is closed and there is no session bus, so no tray', async () => {
    const desktop = await start({ busAddress: '' });
    await desktop.page();
    await desktop.act('window/close');
    expect(await desktop.ended).toBe(0);
  });

  test('opens its window when the panel goes, and needs none when one comes', async () => {
    const desktop = await start({ words: ['--hidden'] });
    await until('the tray', async () => ((await desktop.state()).tray?.items.length ?? 0) > 0);
    expect((await desktop.state()).windows).toEqual([]);
    try {
      await session().panel(false);
      const page = await desktop.page();
      expect(await call(page, 'host.get', {})).toMatchObject({ value: { tray: false } });
    } finally {
      await session().panel(true);
    }
    await until('the tray', async () => /again/u.test(desktop.log()));
    await desktop.act('window/close');
    await until('the window to go', async () => (await desktop.state()).windows.length === 0);
    expect(desktop.log()).not.toContain('quitting');
  });
});
