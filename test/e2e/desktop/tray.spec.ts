import { expect, test } from '@playwright/test';
import { until } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { decisionsOf, line, propose } from './desktop-words.ts';

onDesktop('the tray', ({ start }) => {
  test('lists what needs the owner in the tray, and decides there', async () => {
    const desktop = await start();
    const page = await desktop.page();
    const id = await propose(page, 'Fix R&D parser');
    await until(
      'the idea in the tray',
      async () => line(await desktop.state(), 'Fix R&&D parser') !== undefined,
    );
    const shown = await desktop.state();
    expect(shown.tray?.image).toContain('needs-you');
    expect(line(shown, 'Fix R&&D parser')?.items.map(({ label }) => label)).toEqual([
      'Approve',
      'Details',
      'Skip',
      'Open',
    ]);
    await desktop.act('tray/click', { labels: [line(shown, 'Fix R&&D parser')!.label, 'Skip'] });
    await expect.poll(() => decisionsOf(page, id)).toEqual([{ action: 'skip', channel: 'tray' }]);
    await until(
      'the idea to leave the tray',
      async () => line(await desktop.state(), 'Fix R&&D parser') === undefined,
    );
    expect((await desktop.state()).tray?.image).toContain('idle');
  });

  test('pauses everything from the tray, and says so in icon and menu', async () => {
    const desktop = await start();
    await desktop.page();
    await until('the menu', async () => line(await desktop.state(), 'Pause everything')?.enabled === true);
    await desktop.act('tray/click', { labels: ['Pause everything'] });
    await until('the menu to offer Resume', async () => line(await desktop.state(), 'Resume') !== undefined);
    expect((await desktop.state()).tray?.image).toContain('paused');
  });
});
