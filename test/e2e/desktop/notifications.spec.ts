import { expect, test, type Page } from '@playwright/test';
import { until, type Desktop } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { call, decisionsOf, line, propose, titles } from './desktop-words.ts';

/** On Linux the session's own daemon comes first; these are about what Electron shows. */
async function byElectron(desktop: Desktop): Promise<Page> {
  const page = await desktop.page();
  await call(page, 'flag.set', { key: 'notify.channel', value: 'electron' });
  return page;
}

onDesktop('notifications', ({ session, start }) => {
  test('approves an idea once when Approve is pressed on its notification', async () => {
    const desktop = await start();
    const page = await byElectron(desktop);
    const id = await propose(page, 'Cache the index');
    await until('the daemon to show it', async () => (await session().displayed()) === 1);
    expect((await desktop.state()).notifications[0]).toMatchObject({
      title: 'New idea: Cache the index',
      buttons: ['Approve', 'Details', 'Skip', 'Snooze 1 h'],
    });
    await session().pick('Approve');
    await expect.poll(() => decisionsOf(page, id)).toEqual([{ action: 'approve', channel: 'notification' }]);

    // The same button, and another of the same notice, pressed too late.
    await desktop.act('notification/press', { index: 0, button: 0 });
    await desktop.act('notification/press', { index: 0, button: 2 });
    await until(
      'the refusals',
      async () => titles(await desktop.state()).filter((title) => title === 'Nothing was done').length === 2,
    );
    expect(await decisionsOf(page, id)).toHaveLength(1);
  });

  test('refuses a press on an idea that was decided elsewhere, and takes the notice away', async () => {
    const desktop = await start();
    const page = await byElectron(desktop);
    const id = await propose(page, 'Retry on 429');
    await until('the daemon to show it', async () => (await session().displayed()) === 1);
    await call(page, 'proposal.decide', { id, version: 1, action: 'skip' });
    await until('the notice to go', async () => (await session().displayed()) === 0);
    await desktop.act('notification/press', { index: 0, button: 0 });
    await until('the refusal', async () => titles(await desktop.state()).includes('Nothing was done'));
    expect(await decisionsOf(page, id)).toMatchObject([{ action: 'skip' }]);
  });

  test('decides nothing when a notification closes or times out', async () => {
    const desktop = await start();
    const page = await byElectron(desktop);
    const id = await propose(page, 'Typed config');
    await until('the daemon to show it', async () => (await session().displayed()) === 1);
    await desktop.act('notification/close', { index: 0 });
    await page.waitForTimeout(200);
    expect(await decisionsOf(page, id)).toEqual([]);
    expect(line(await desktop.state(), 'Typed config')).toBeDefined();
  });

  test('falls back to the message bus when a notification is never shown', async () => {
    const desktop = await start();
    test.skip(desktop.isElectron, 'Only the stand-in can be told to stay silent.');
    const page = await byElectron(desktop);
    await desktop.act('notification/silence', { silent: true });
    const id = await propose(page, 'Stream the parser');
    await until('the daemon to show it', async () => (await session().displayed()) === 1);
    expect((await desktop.state()).notifications[0]?.shown).toBe(false);
    await session().pick('Approve');
    await expect.poll(() => decisionsOf(page, id)).toEqual([{ action: 'approve', channel: 'notification' }]);
  });

  test('tells many new ideas at once in one notification', async () => {
    const desktop = await start();
    const page = await byElectron(desktop);
    await page.evaluate(async () => {
      for (const n of [1, 2, 3, 4, 5])
        void window.homer.call('proposal.create', { title: `Idea ${String(n)}` });
    });
    await expect
      .poll(async () => (await call(page, 'overview.get', {})) as object)
      .toMatchObject({ value: { ideas: 5 } });
    await until('a notice', async () => (await desktop.state()).notifications.length > 0);
    await page.waitForTimeout(300);
    expect(titles(await desktop.state())).toEqual(['5 new ideas']);
  });
});
