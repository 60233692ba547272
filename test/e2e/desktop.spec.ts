import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { Bridge } from '../../preload/contract/live.ts';
import { electronBinary, launchElectron } from '../fakes/desktop/launch-electron.ts';
import { launchStandIn, until, type Desktop, type MenuLine } from '../fakes/desktop/launch.ts';
import { startDesktopSession, type DesktopSession } from '../fakes/desktop/session.ts';

declare global {
  interface Window {
    homer: Bridge;
  }
}

const root = path.join(import.meta.dirname, '..', '..');
interface Launch {
  folder: string;
  busAddress?: string;
  words?: string[];
  env?: Record<string, string>;
}

const binary = electronBinary(root);
const required = process.env['HOMER_REQUIRE_ELECTRON'] === '1';
const hosts: { name: string; launch: (options: Launch) => Promise<Desktop>; missing?: string }[] = [
  { name: 'the stand-in', launch: launchStandIn },
  {
    name: 'Electron',
    launch: (options) => launchElectron({ ...options, binary: binary ?? 'no Electron binary' }),
    ...(binary === undefined
      ? {
          missing:
            'No Electron binary is installed; `npx install-electron` fetches one, or set ELECTRON_BIN.',
        }
      : {}),
  },
];

// The windows belong to Homer's process, which ends before the recorder would look at them.
test.use({ trace: 'off', screenshot: 'off' });

let folder: string;
let session: DesktopSession;
const running: Desktop[] = [];

test.beforeAll(() => {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' });
  if (existsSync(path.join(root, 'renderer/vite.config.ts')))
    expect(built.stdout + built.stderr).not.toContain('failed');
  const page = path.join(root, 'out/renderer/index.html');
  // Before there is a renderer, an empty page stands where it will.
  if (!existsSync(page)) {
    mkdirSync(path.dirname(page), { recursive: true });
    writeFileSync(page, '<!doctype html><title>Homer</title><div id="root"></div>');
  }
});

for (const host of hosts)
  test.describe(`the desktop host on ${host.name}`, () => {
    test.skip(host.missing !== undefined && !required, host.missing ?? '');

    test.beforeEach(async () => {
      expect(host.missing, 'HOMER_REQUIRE_ELECTRON=1 wants the real Electron').toBeUndefined();
      folder = mkdtempSync(path.join(tmpdir(), 'homer-desktop-'));
      session = await startDesktopSession(path.join(folder, 'session'));
    });
    test.afterEach(async () => {
      for (const desktop of running.splice(0)) {
        desktop.signal('SIGKILL');
        await desktop.ended;
      }
      await session.end();
      rmSync(folder, { recursive: true, force: true });
    });

    const start = async (more: Partial<Launch> = {}): Promise<Desktop> => {
      const desktop = await host.launch({
        folder,
        busAddress: session.busAddress,
        ...more,
      });
      running.push(desktop);
      return desktop;
    };

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
      await until(
        'the menu to offer Resume',
        async () => line(await desktop.state(), 'Resume') !== undefined,
      );
      expect((await desktop.state()).tray?.image).toContain('paused');
    });

    test('opens the dashboard again from the tray after it was closed', async () => {
      const desktop = await start();
      await desktop.page();
      await desktop.act('window/close');
      await until('the window to go', async () => (await desktop.state()).windows.length === 0);
      await desktop.act('tray/click', { labels: ['Open dashboard'] });
      const page = await desktop.page();
      expect(await call(page, 'health.get', {})).toMatchObject({ ok: true });
    });

    test('starts hidden when told so, with no window and no page', async () => {
      const desktop = await start({ words: ['--hidden'] });
      await until('the tray', async () => (await desktop.state()).tray !== undefined);
      expect((await desktop.state()).windows).toEqual([]);
    });

    test('approves an idea once when Approve is pressed on its notification', async () => {
      const desktop = await start();
      const page = await desktop.page();
      const id = await propose(page, 'Cache the index');
      await until('the daemon to show it', async () => (await session.displayed()) === 1);
      expect((await desktop.state()).notifications[0]).toMatchObject({
        title: 'New idea: Cache the index',
        buttons: ['Approve', 'Details', 'Skip'],
      });
      await session.pick('Approve');
      await expect
        .poll(() => decisionsOf(page, id))
        .toEqual([{ action: 'approve', channel: 'notification' }]);

      // The same button, and another of the same notice, pressed too late.
      await desktop.act('notification/press', { index: 0, button: 0 });
      await desktop.act('notification/press', { index: 0, button: 2 });
      await until(
        'the refusals',
        async () =>
          titles(await desktop.state()).filter((title) => title === 'Nothing was done').length === 2,
      );
      expect(await decisionsOf(page, id)).toHaveLength(1);
    });

    test('refuses a press on an idea that was decided elsewhere, and takes the notice away', async () => {
      const desktop = await start();
      const page = await desktop.page();
      const id = await propose(page, 'Retry on 429');
      await until('the daemon to show it', async () => (await session.displayed()) === 1);
      await call(page, 'proposal.decide', { id, version: 1, action: 'skip' });
      await until('the notice to go', async () => (await session.displayed()) === 0);
      await desktop.act('notification/press', { index: 0, button: 0 });
      await until('the refusal', async () =>
        titles(await desktop.state()).some((title) => title.endsWith(': nothing was done')),
      );
      expect(await decisionsOf(page, id)).toMatchObject([{ action: 'skip' }]);
    });

    test('decides nothing when a notification closes or times out', async () => {
      const desktop = await start();
      const page = await desktop.page();
      const id = await propose(page, 'Typed config');
      await until('the daemon to show it', async () => (await session.displayed()) === 1);
      await desktop.act('notification/close', { index: 0 });
      await page.waitForTimeout(200);
      expect(await decisionsOf(page, id)).toEqual([]);
      expect(line(await desktop.state(), 'Typed config')).toBeDefined();
    });

    test('falls back to the message bus when a notification is never shown', async () => {
      const desktop = await start();
      test.skip(desktop.isElectron, 'Only the stand-in can be told to stay silent.');
      const page = await desktop.page();
      await desktop.act('notification/silence', { silent: true });
      const id = await propose(page, 'Stream the parser');
      await until('the daemon to show it', async () => (await session.displayed()) === 1);
      expect((await desktop.state()).notifications[0]?.shown).toBe(false);
      await session.pick('Approve');
      await expect
        .poll(() => decisionsOf(page, id))
        .toEqual([{ action: 'approve', channel: 'notification' }]);
    });

    test('tells many new ideas at once in one notification', async () => {
      const desktop = await start();
      const page = await desktop.page();
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

    test('a second start shows the first and ends', async () => {
      const desktop = await start({ words: ['--hidden'] });
      await until('the tray', async () => (await desktop.state()).tray !== undefined);
      const id = '01a1fbe4-3392-70cb-83f6-bd2c146126ed';
      const second = await start({ words: [`homer://proposal/${id}`] });
      expect(await second.ended).toBe(0);
      await desktop.page();
      expect((await desktop.state()).windows.map(({ url }) => url)).toEqual([`app://homer/#/proposal/${id}`]);
    });

    test('launches at login only once the owner has ticked it', async () => {
      const desktop = await start();
      await desktop.page();
      const entry = path.join(folder, 'config/autostart/homer.desktop');
      expect(existsSync(entry)).toBe(false);
      await desktop.act('tray/click', { labels: ['Launch at login'] });
      await until('the tick', async () => line(await desktop.state(), 'Launch at login')?.checked === true);
      expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=.*--hidden$/mu);
      await desktop.act('tray/click', { labels: ['Launch at login'] });
      await until(
        'the tick to go',
        async () => line(await desktop.state(), 'Launch at login')?.checked === false,
      );
      expect(existsSync(entry)).toBe(false);
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
      await until(
        'the run in the tray',
        async () => line(await desktop.state(), 'Finish soon') !== undefined,
      );
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

function call(page: Page, name: string, input: object): Promise<unknown> {
  return page.evaluate(([operation, words]) => window.homer.call(operation, words), [name, input] as const);
}

async function propose(page: Page, title: string): Promise<string> {
  const reply = (await call(page, 'proposal.create', { title })) as { value: { proposal: { id: string } } };
  return reply.value.proposal.id;
}

/** A run that works for a minute; approved when the risk gate holds it. */
async function startRun(page: Page, what: string): Promise<void> {
  // The ideas that the demo project holds would want the owner too, and the tray would say so.
  await call(page, 'flag.set', { key: 'runtime.discovery_enabled', value: 'off' });
  const project = (await call(page, 'project.addDemo', {})) as { value: { id: string } };
  const reply = (await call(page, 'run.create', {
    projectId: project.value.id,
    name: what,
    query: what,
    executor: 'shell',
    shellCommand: 'sleep 60',
  })) as { value: { run: { id: string; status: string } } };
  const { id, status } = reply.value.run;
  if (status === 'draft') expect(await call(page, 'run.approve', { id })).toMatchObject({ ok: true });
}

async function decisionsOf(page: Page, id: string): Promise<{ action: string; channel: string }[]> {
  const reply = (await call(page, 'proposal.get', { id })) as {
    value: { decisions: { action: string; channel: string }[] };
  };
  return reply.value.decisions.map(({ action, channel }) => ({ action, channel }));
}

function line(state: { tray?: { items: readonly MenuLine[] } }, words: string): MenuLine | undefined {
  return state.tray?.items.find(({ label }) => label.endsWith(words));
}

function titles(state: { notifications: readonly { title: string }[] }): string[] {
  return state.notifications.map(({ title }) => title);
}

/** All processes below one, as Linux lists them. */
function childrenOf(pid: number): number[] {
  const listed = spawnSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout;
  const parents = listed
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/u).map(Number));
  const below = (parent: number): number[] =>
    parents.flatMap(([child, of]) => (of === parent && child !== undefined ? [child, ...below(child)] : []));
  return below(pid);
}

/** A process that has ended but was not yet collected by its parent has ended all the same. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/u.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
