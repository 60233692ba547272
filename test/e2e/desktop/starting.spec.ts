import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { until, type Desktop } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { becomes, call, line, runOf, startRun } from './desktop-words.ts';

const id = '01a1fbe4-3392-70cb-83f6-bd2c146126ed';

onDesktop('starting', ({ start, folder, session }) => {
  const hidden = async (): Promise<Desktop> => {
    const desktop = await start({ words: ['--hidden'] });
    await until('the tray', async () => (await desktop.state()).tray?.items.length !== 0);
    return desktop;
  };
  const urls = async (desktop: Desktop): Promise<string[]> =>
    (await desktop.state()).windows.map(({ url }) => url);

  test('hidden opens no window and no page', async () => {
    expect((await (await hidden()).state()).windows).toEqual([]);
  });

  test('a second time shows the first, passes its link on, and ends', async () => {
    const desktop = await hidden();
    const second = await start({ words: [`homer://proposal/${id}`] });
    expect(await second.ended).toBe(0);
    await desktop.page();
    await expect.poll(() => urls(desktop)).toEqual([`app://homer/#/proposal/${id}`]);
    const third = await start({ words: ['homer://settings/general'] });
    expect(await third.ended).toBe(0);
    await expect.poll(() => urls(desktop)).toEqual(['app://homer/#/settings?section=general']);
  });

  test('with a link opens its place, also when it comes from a cold start', async () => {
    const desktop = await start({ words: ['--hidden', `homer://intent/${id}`] });
    await desktop.page();
    await expect.poll(() => urls(desktop)).toEqual([`app://homer/#/schedule/${id}`]);
    await desktop.act('app/open-url', { url: 'homer://runs' });
    await expect.poll(() => urls(desktop)).toEqual(['app://homer/#/runs']);
  });

  test('with a link that means nothing opens the dashboard and says so', async () => {
    const desktop = await hidden();
    await desktop.act('app/open-url', { url: `homer://proposal/${id}?action=approve` });
    await desktop.page();
    await until('the words', async () => (await session().titles()).includes('That link leads nowhere'));
    expect(await urls(desktop)).toEqual([expect.stringMatching(/^app:\/\/homer\/(#\/board)?$/u)]);
  });

  test('after a kill says that it did not end in order, and takes the work up', async () => {
    const desktop = await start();
    const former = await desktop.page();
    const run = await startRun(former, 'Survive this');
    await becomes(former, run, 'running');
    desktop.signal('SIGKILL');
    await desktop.ended;
    const again = await start();
    const page = await again.page();
    expect(await call(page, 'host.get', {})).toMatchObject({
      value: { endedBadly: expect.any(String), careful: false },
    });
    await becomes(page, run, 'running');
    await again.act('dialog/answer', { response: 2 });
    await again.act('tray/click', { labels: ['Quit'] });
    expect(await again.ended).toBe(0);
  });

  test('after three starts that died offers to start with care, and then works when told so', async () => {
    const first = await start();
    const run = await startRun(await first.page(), 'Wait in the queue');
    await call(await first.page(), 'run.stop', { id: run });
    await first.act('tray/click', { labels: ['Quit'] });
    expect(await first.ended).toBe(0);
    writeFileSync(
      path.join(folder(), 'data', 'start.json'),
      JSON.stringify({ startedAt: '2026-01-01T00:00:00.000Z', up: false, badStarts: 2 }),
    );

    const desktop = await start({ env: { HOMER_STAND_IN_ANSWERS: '0' } });
    test.skip(desktop.isElectron, 'The question comes before the recorder can be told the answer.');
    const page = await desktop.page();
    expect((await desktop.state()).asked[0]).toContain('3 times in a row');
    expect(await call(page, 'host.get', {})).toMatchObject({ value: { careful: true } });
    expect((await desktop.state()).tray?.image).toContain('paused');
    const waiting = await startRun(page, 'Wait for the owner');
    await page.waitForTimeout(500);
    expect((await runOf(page, waiting)).status).toBe('queued');

    await page.getByRole('button', { name: 'Go on as usual' }).click();
    await becomes(page, waiting, 'running');
    await until(
      'the menu to follow',
      async () => line(await desktop.state(), 'Go on as usual') === undefined,
    );
  });

  test('again is offered after a fault that nothing caught, once everything has ended', async () => {
    const desktop = await start({ words: ['--hidden'], env: { HOMER_STAND_IN_ANSWERS: '0' } });
    await until('the tray', async () => (await desktop.state()).tray !== undefined);
    await desktop.act('fault', { message: 'planted' });
    expect(await desktop.ended).toBe(1);
    expect(desktop.log()).toContain('a fault that nothing caught');
    expect(desktop.log()).toContain('homer stopped');
  });
});
