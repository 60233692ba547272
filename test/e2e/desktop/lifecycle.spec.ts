import { expect, test } from '@playwright/test';
import { until } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { call, childrenOf, isAlive, line, startRun } from './desktop-words.ts';

onDesktop('starting and quitting', ({ start }) => {
  test('a second start shows the first and ends', async () => {
    const desktop = await start({ words: ['--hidden'] });
    await until('the tray', async () => (await desktop.state()).tray !== undefined);
    const id = '01a1fbe4-3392-70cb-83f6-bd2c146126ed';
    const second = await start({ words: [`homer://proposal/${id}`] });
    expect(await second.ended).toBe(0);
    await desktop.page();
    expect((await desktop.state()).windows.map(({ url }) => url)).toEqual([`app://homer/#/proposal/${id}`]);
  });

  test('quits from the tray and leaves no process behind', async () => {
    const desktop = await start();
    await desktop.page();
    const family = childrenOf(desktop.pid);
    expect(family.length).toBeGreaterThan(0);
    await desktop.act('tray/click', { labels: ['Quit'] });
    expect(await desktop.ended).toBe(0);
    await until('the children to go', () => family.every((pid) => !isAlive(pid)));
  });

  test('asks before it quits while work runs, stays when told to, and stops the work when told so', async () => {
    const desktop = await start();
    const page = await desktop.page();
    await startRun(page, 'Wait for a long time');
    await until(
      'the run in the tray',
      async () => line(await desktop.state(), 'Wait for a long time') !== undefined,
    );
    expect((await desktop.state()).tray?.image).toContain('running');
    expect((await desktop.state()).blocking).toBe(true);

    await desktop.act('tray/click', { labels: ['Quit'] });
    await until('the question', async () => (await desktop.state()).asked.length === 1);
    expect(await call(page, 'overview.get', {})).toMatchObject({ value: { running: 1 } });

    await desktop.act('dialog/answer', { response: 2 });
    await desktop.act('tray/click', { labels: ['Quit'] });
    expect(await desktop.ended).toBe(0);
  });

  test('lets work finish before it quits when told so', async () => {
    const desktop = await start();
    const page = await desktop.page();
    await startRun(page, 'Finish soon');
    await until('the run in the tray', async () => line(await desktop.state(), 'Finish soon') !== undefined);
    await desktop.act('dialog/answer', { response: 0 });
    await desktop.act('tray/click', { labels: ['Quit'] });
    await until('the question', async () => (await desktop.state()).asked.length === 1);
    expect(await call(page, 'overview.get', {})).toMatchObject({ value: { running: 1 } });
    await desktop.act('tray/click', {
      labels: [line(await desktop.state(), 'Finish soon')!.label, 'Stop'],
    });
    expect(await desktop.ended).toBe(0);
  });

  test('ends in order when told to by a signal', async () => {
    const desktop = await start();
    await desktop.page();
    desktop.signal('SIGTERM');
    expect(await desktop.ended).toBe(0);
  });

  test('quits when its window is closed and no panel shows tray icons', async () => {
    const desktop = await start({ busAddress: '' });
    await desktop.page();
    await desktop.act('window/close');
    expect(await desktop.ended).toBe(0);
  });
});
