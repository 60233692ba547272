import { expect, test } from '@playwright/test';
import { onDesktop } from './desktop-fixture.ts';
import { call, propose } from './desktop-words.ts';

onDesktop('the bridge to the page', ({ start }) => {
  test('opens the dashboard at app://homer and answers its calls', async () => {
    const desktop = await start();
    const page = await desktop.page();
    await expect(page.locator('#root')).toBeAttached();
    expect((await desktop.state()).windows).toEqual([
      expect.objectContaining({ url: expect.stringMatching(/^app:\/\/homer\//u), visible: true }),
    ]);
    expect(await call(page, 'health.get', {})).toMatchObject({ ok: true, value: { host: 'desktop' } });
    expect(await call(page, 'overview.get', {})).toMatchObject({ ok: true, value: { needsYou: 0 } });
    // Nothing of Electron or Node is within the page's reach.
    expect(
      await page.evaluate(() =>
        ['require', 'process', 'module', '__standInIpc'].filter((name) => name in window),
      ),
    ).toEqual([]);
  });

  test('sends live messages to the page until it ends them', async () => {
    const page = await (await start()).page();
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard, endLive: window.homer.live(0, (message) => heard.push(message)) });
    });
    await propose(page, 'Hear of this');
    await expect.poll(() => page.evaluate('heard.length')).toBeGreaterThan(0);
    const before = await page.evaluate('endLive() ?? heard.length');
    await propose(page, 'Do not hear of this');
    await page.waitForTimeout(300);
    expect(await page.evaluate('heard.length')).toBe(before);
  });

  test('refuses a call from a frame that is not the dashboard', async () => {
    const desktop = await start();
    test.skip(desktop.isElectron, 'Electron gives a frame inside the page no way to send at all.');
    const page = await desktop.page();
    // about:blank is the only frame that the content policy lets in.
    await page.evaluate(() => document.body.append(document.createElement('iframe')));
    const frame = page.frames().find((found) => found !== page.mainFrame());
    expect(frame).toBeDefined();
    const sent = (channel: string, words: unknown[]) =>
      frame!.evaluate(
        ([name, args]) =>
          (window as unknown as { __standInIpc: (...all: unknown[]) => Promise<unknown> }).__standInIpc(
            'invoke',
            name,
            args,
          ),
        [channel, words] as const,
      );
    expect(await sent('homer:call', ['proposal.create', { title: 'Slipped in' }])).toMatchObject({
      ok: false,
      error: { tag: 'forbidden_origin' },
    });
    expect(await call(page, 'overview.get', {})).toMatchObject({ value: { proposals: 0 } });
    expect(desktop.log()).toContain('a message from outside the dashboard was refused');
  });

  test('stays at app://homer, whatever the page tries', async () => {
    const desktop = await start();
    const page = await desktop.page();
    await page.evaluate(() => void window.open('https://github.com/electron/electron'));
    await page.evaluate(() => void window.open('https://elsewhere.example/'));
    await page.evaluate(() => void window.open('file:///etc/passwd'));
    await page.evaluate(() => {
      location.href = 'https://elsewhere.example/';
    });
    await expect
      .poll(async () => (await desktop.state()).opened)
      .toEqual(['https://github.com/electron/electron']);
    expect((await desktop.state()).windows.map(({ url }) => new URL(url).host)).toEqual(['homer']);
  });
});
