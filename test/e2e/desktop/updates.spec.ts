import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { UpdateView } from '../../../preload/contract/update.ts';
import { until, type Desktop } from '../../fakes/desktop/launch.ts';
import { startUpdateServer, type UpdateServer } from '../../fakes/update-server/start.ts';
import { onDesktop } from './desktop-fixture.ts';
import { call, startRun } from './desktop-words.ts';

// The real electron-updater out of the real bundle, against a server on loopback; the AppImage is a script that notes that it ran.
onDesktop('updates', ({ folder, start }) => {
  let server: UpdateServer;
  test.skip(process.platform !== 'linux', 'These are the updates of an AppImage.');
  test.beforeEach(async () => {
    test.skip(
      test.info().titlePath.some((title) => title.endsWith('on Electron')),
      'The Electron of a checkout has no package around it; docs/platforms.md says what is open.',
    );
    server = await startUpdateServer();
  });
  test.afterEach(async () => {
    // Skipped, it never began.
    await (server as UpdateServer | undefined)?.end();
  });

  const image = (): string => path.join(folder(), 'Homer.AppImage');
  const ran = (): string => path.join(folder(), 'ran');
  const body = (version: string): Buffer =>
    Buffer.from(
      `#!/bin/sh\n# ${version}\necho "${version} \${APPIMAGE_EXIT_AFTER_INSTALL:-stays}" >> '${ran()}'\n${'# padding\n'.repeat(2000)}`,
    );
  const packaged = (more: Record<string, string> = {}): Promise<Desktop> => {
    const resources = path.join(folder(), 'resources');
    mkdirSync(resources, { recursive: true });
    writeFileSync(
      path.join(resources, 'update.json'),
      JSON.stringify({ url: server.url, key: server.publicKey }),
    );
    writeFileSync(
      path.join(resources, 'app-update.yml'),
      `provider: generic\nurl: ${server.url}\nupdaterCacheDirName: homer-updater\n`,
    );
    if (!existsSync(image())) {
      writeFileSync(image(), body('0.1.0'));
      chmodSync(image(), 0o755);
    }
    return start({
      env: {
        HOMER_STAND_IN_RESOURCES: resources,
        APPIMAGE: image(),
        XDG_CACHE_HOME: path.join(folder(), 'cache'),
        ...more,
      },
    });
  };
  const view = async (page: Page): Promise<UpdateView> =>
    ((await call(page, 'update.get', {})) as { value: UpdateView }).value;
  const becomes = async (page: Page, state: UpdateView['state']): Promise<UpdateView> => {
    await expect.poll(async () => (await view(page)).state, { timeout: 15_000 }).toBe(state);
    return view(page);
  };
  const choose = (page: Page, mode: string, channel = 'latest'): Promise<unknown> =>
    call(page, 'flag.set', { key: 'updates.channel', value: channel }).then(() =>
      call(page, 'flag.set', { key: 'updates.mode', value: mode }),
    );

  test('are off by default: no request is made, also not when asked by hand', async () => {
    server.publish('latest', { version: '0.2.0', notes: 'Faster.', body: body('0.2.0') });
    const desktop = await packaged();
    const page = await desktop.page();
    expect(await view(page)).toMatchObject({
      state: 'off',
      mode: 'off',
      notOffered: '',
      address: server.url,
    });
    expect(await call(page, 'update.check', {})).toMatchObject({ error: { tag: 'updates_off' } });
    expect(server.asked).toEqual([]);
  });

  test('say that a build without an address has none, and ask nobody when turned on', async () => {
    const desktop = await start();
    const page = await desktop.page();
    await choose(page, 'install');
    expect((await view(page)).notOffered).toContain('no update address');
    expect(await call(page, 'update.check', {})).toMatchObject({ error: { tag: 'not_offered' } });
  });

  test('tell of a newer version once, download it when told, and install it at an idle quit', async () => {
    server.publish('latest', { version: '0.2.0', notes: 'Faster, and <b>bolder</b>.', body: body('0.2.0') });
    let desktop = await packaged();
    let page = await desktop.page();
    await choose(page, 'tell');
    const found = await becomes(page, 'available');
    expect(found).toMatchObject({ version: '0.2.0', notes: 'Faster, and <b>bolder</b>.' });
    expect(server.asked.filter((name) => name.endsWith('.AppImage'))).toEqual([]);
    const told = async (): Promise<number> =>
      ((await call(page, 'notification.list', {})) as { value: { title: string }[] }).value.filter(
        ({ title }) => title === 'Homer 0.2.0 is there',
      ).length;
    expect(await told()).toBe(1);

    await call(page, 'update.check', {});
    await becomes(page, 'available');
    desktop.signal('SIGTERM');
    await desktop.ended;
    desktop = await packaged();
    page = await desktop.page();
    await becomes(page, 'available');
    expect(await told()).toBe(1);

    server.hold(true);
    await call(page, 'update.download', {});
    await expect.poll(async () => (await view(page)).state).toBe('downloading');
    server.hold(false);
    await becomes(page, 'ready');
    expect(readFileSync(image(), 'utf8')).toContain('# 0.1.0');

    await desktop.act('tray/click', { labels: ['Quit'] });
    expect(await desktop.ended).toBe(0);
    expect(readFileSync(image(), 'utf8')).toContain('# 0.2.0');
    expect(readFileSync(ran(), 'utf8')).toBe('0.2.0 true\n');
  });

  test('restart to update: Homer quits in order and the new version starts', async () => {
    server.publish('beta', { version: '0.2.0-beta.1', notes: '', body: body('0.2.0-beta.1') });
    const desktop = await packaged();
    const page = await desktop.page();
    await choose(page, 'install', 'beta');
    await becomes(page, 'ready');
    // The window may go before it hears the answer.
    await Promise.allSettled([call(page, 'update.restart', {})]);
    expect(await desktop.ended).toBe(0);
    await until('the new version', () => existsSync(ran()));
    expect(readFileSync(ran(), 'utf8')).toBe('0.2.0-beta.1 stays\n');
  });

  test('are not installed while a run is at work, whatever ends Homer', async () => {
    server.publish('latest', { version: '0.2.0', notes: '', body: body('0.2.0') });
    const desktop = await packaged();
    const page = await desktop.page();
    await choose(page, 'install');
    await becomes(page, 'ready');
    await startRun(page, 'Wait for a long time');
    await until('the run', async () => (await desktop.state()).tray?.image.includes('running') === true);
    await call(page, 'update.restart', {});
    await until('the question', async () => (await desktop.state()).asked.length === 1);
    desktop.signal('SIGTERM');
    expect(await desktop.ended).toBe(0);
    expect(readFileSync(image(), 'utf8')).toContain('# 0.1.0');
    expect(existsSync(ran())).toBe(false);
  });

  for (const [what, publication, words] of [
    ['is signed by somebody else', { wrongKey: true }, 'is not signed by whoever makes Homer'],
    [
      'is another file than was signed',
      { swapped: Buffer.from('#!/bin/sh\necho worse\n') },
      'not what was signed',
    ],
    ['comes only in part', { cutShort: true }, 'broke off'],
  ] as const)
    test(`refuse an update that ${what}, and say what to do`, async () => {
      server.publish('latest', { version: '0.2.0', notes: '', body: body('0.2.0'), ...publication });
      const desktop = await packaged();
      const page = await desktop.page();
      await choose(page, 'install');
      const { failure } = await becomes(page, 'failed');
      expect(failure?.message).toContain(words);
      expect(failure?.hint).not.toBe('');
      if ('wrongKey' in publication)
        expect(server.asked.filter((name) => name.endsWith('.AppImage'))).toEqual([]);
      await desktop.act('tray/click', { labels: ['Quit'] });
      expect(await desktop.ended).toBe(0);
      expect(readFileSync(image(), 'utf8')).toContain('# 0.1.0');
      expect(existsSync(ran())).toBe(false);
    });

  test('say when the server is gone, and find their way when it is back', async () => {
    const desktop = await packaged();
    const page = await desktop.page();
    await choose(page, 'tell');
    expect((await becomes(page, 'failed')).failure?.message).toContain('nothing on this channel');
    server.publish('latest', { version: '0.1.0', notes: '', body: body('0.1.0') });
    await call(page, 'update.check', {});
    expect(await becomes(page, 'up_to_date')).toMatchObject({ version: null, failure: null });
    await server.end();
    await call(page, 'update.check', {});
    expect((await becomes(page, 'failed')).failure?.message).toContain('cannot be reached');
  });

  test('ask nobody any more once they are turned off, and drop what was downloaded', async () => {
    server.publish('latest', { version: '0.2.0', notes: '', body: body('0.2.0') });
    const desktop = await packaged();
    const page = await desktop.page();
    await choose(page, 'install');
    await becomes(page, 'ready');
    await choose(page, 'off');
    await becomes(page, 'off');
    const before = server.asked.length;
    await desktop.act('tray/click', { labels: ['Quit'] });
    expect(await desktop.ended).toBe(0);
    expect(server.asked.length).toBe(before);
    expect(readFileSync(image(), 'utf8')).toContain('# 0.1.0');
  });
});
