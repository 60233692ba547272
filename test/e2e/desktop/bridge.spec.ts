import { expect, test } from '@playwright/test';
import { until } from '../../fakes/desktop/launch.ts';
import { onDesktop } from './desktop-fixture.ts';
import { call, propose } from './desktop-words.ts';

onDesktop('the bridge to the page', ({ start }) => {
  test('opens the dashboard at app://homer and answers its calls', async () => {
    const desktop = await start();
    const page = await desktop.page();
    await expect(page.locator('#root')).toBeAttached();
    // It is shown when it has something to show.
    await expect
      .poll(async () => (await desktop.state()).windows)
      .toEqual([expect.objectContaining({ url: expect.stringMatching(/^app:\/\/homer\//u), visible: true })]);
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
    await page.waitForLoadState();
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

  test('stays at app://homer, whatever the page tries, and asks about a link by its host', async () => {
    const desktop = await start();
    const page = await desktop.page();
    const open = (address: string): Promise<void> => page.evaluate((url) => void window.open(url), address);
    const asked = async (count: number): Promise<readonly string[]> => {
      await until('the question', async () => (await desktop.state()).asked.length === count);
      return (await desktop.state()).asked;
    };
    await desktop.act('dialog/answer', { response: 0 });
    await open('https://github.com/electron/electron');
    expect((await asked(1))[0]).toBe('Open github.com in your browser?');
    await expect
      .poll(async () => (await desktop.state()).opened)
      .toEqual(['https://github.com/electron/electron']);

    // Cancelled: nothing opens.
    await open('https://gitlab.com/');
    expect((await asked(2))[1]).toBe('Open gitlab.com in your browser?');
    // Not on the list: told, and the address can be taken along.
    await desktop.act('dialog/answer', { response: 1 });
    await page.evaluate(() => {
      location.href = 'https://elsewhere.example/page';
    });
    expect((await asked(3))[2]).toBe('Homer does not open elsewhere.example.');
    await expect.poll(async () => (await desktop.state()).copied).toEqual(['https://elsewhere.example/page']);
    await open('file:///etc/passwd');
    await open('javascript:alert(1)');
    await page.waitForTimeout(200);
    const state = await desktop.state();
    expect(state.asked).toHaveLength(3);
    expect(state.opened).toHaveLength(1);
    expect(state.windows.map(({ url }) => new URL(url).host)).toEqual(['homer']);
  });

  test('runs no script, loads nothing and sends nothing that is not its own', async () => {
    const page = await (await start()).page();
    // In functions of the page's own, since what a test evaluates is not bound by the page's policy.
    await page.evaluate(() => {
      const blocked: string[] = [];
      Object.assign(window, { blocked });
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        blocked.push(effectiveDirective);
      });
      const script = document.createElement('script');
      script.textContent = 'window.slippedIn = true';
      const image = document.createElement('img');
      image.src = 'https://elsewhere.example/pixel.png';
      const frame = document.createElement('iframe');
      frame.src = 'https://elsewhere.example/';
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      document.body.append(script, image, frame, style);
      void fetch('https://elsewhere.example/').catch(() => 'blocked, which is what the policy is for');
    });
    await expect
      .poll(() => page.evaluate('[...new Set(blocked)].sort()'))
      .toEqual(['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem']);
    expect(await page.evaluate('"slippedIn" in window')).toBe(false);
  });

  test('is given no permission', async () => {
    const desktop = await start();
    const page = await desktop.page();
    expect(
      await page.evaluate(async () => [
        await Notification.requestPermission(),
        await new Promise((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => {
              resolve('given');
            },
            () => {
              resolve('denied');
            },
          );
        }),
      ]),
    ).toEqual(['denied', 'denied']);
    expect(desktop.log()).toContain('"permission":"notifications"');
    expect(desktop.log()).toContain('"permission":"geolocation"');
  });
});
