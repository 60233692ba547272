import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { until } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { call, decisionsOf, line, propose, startRun } from './desktop-words.ts';

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

  test('says by its icon and first line what is most pressing: idle, running, paused, waiting, a problem', async () => {
    const desktop = await start();
    const page = await desktop.page();
    const says = (icon: string, words: RegExp): Promise<void> =>
      until(`the icon ${icon}`, async () => {
        const { tray } = await desktop.state();
        return tray?.image.includes(`${icon}-on-light`) === true && words.test(tray.items[0]?.label ?? '');
      });
    await says('idle', /^All quiet$/u);
    await startRun(page, 'Run for a while');
    await says('running', /^1 running$/u);
    expect(line(await desktop.state(), 'Run for a while')?.items.map(({ label }) => label)).toEqual([
      'Stop',
      'Open',
    ]);
    await call(page, 'worker.hold', { held: true });
    await says('paused', /^Everything paused/u);
    await call(page, 'worker.hold', { held: false });
    await propose(page, 'Decide on this');
    await says('needs-you', /needs? you/u);
    const project = ((await call(page, 'project.list', {})) as { value: { localPath: string }[] }).value[0];
    // Moved and not removed: git may just be writing there.
    const { localPath } = project ?? { localPath: '' };
    renameSync(localPath, `${localPath}-elsewhere`);
    await propose(page, 'So that something is read again');
    await says('error', /Its folder/u);
  });

  test('names what the schedule starts next, and opens it', async () => {
    const desktop = await start();
    const page = await desktop.page();
    const project = (await call(page, 'project.addDemo', {})) as { value: { id: string } };
    const made = (await call(page, 'intent.create', {
      projectId: project.value.id,
      name: 'Nightly triage',
      query: 'Triage',
      executor: 'shell',
      shellCommand: 'true',
      trigger: { type: 'interval', everyMs: 3 * 86_400_000 },
    })) as { ok: boolean; value: { intent: { id: string } } };
    expect(made).toMatchObject({ ok: true });
    await until(
      'the next',
      async () =>
        (await desktop.state()).tray?.items.some(({ label }) =>
          /^Next \w{3} \d\d:\d\d: Nightly triage$/u.test(label),
        ) === true,
    );
    await desktop.act('tray/click', { labels: [': Nightly triage'] });
    await expect.poll(() => page.url()).toContain(`#/schedule/${made.value.intent.id}`);
  });

  test('has an image for each state and theme of each system', () => {
    const folder = path.join(import.meta.dirname, '..', '..', '..', 'resources', 'tray');
    for (const state of ['idle', 'running', 'needs-you', 'paused', 'error'])
      for (const end of [
        'Template.png',
        'Template@2x.png',
        '-on-light.png',
        '-on-light@2x.png',
        '-on-dark.png',
        '-on-dark@2x.png',
        '-on-light.ico',
        '-on-dark.ico',
      ])
        expect(existsSync(path.join(folder, state + end)), state + end).toBe(true);
  });
});
