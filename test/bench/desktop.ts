import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launchStandIn, until, type Desktop } from '../fakes/desktop/launch.ts';
import { startDesktopSession } from '../fakes/desktop/session.ts';
import { startBundle } from '../../scripts/start-bundle.ts';
import { figure, type Figure } from './figure.ts';
import { root, scratch } from './host.ts';

const SETTLE_MS = 10_000;
const WATCH_MS = 30_000;
const ROUNDS = 8;

/**
 * The desktop host on the stand-in: its wake-ups with no window, and how long the quick window takes to be shown. The
 * stand-in shows pages in a Chromium of its own: a real Electron has its renderer nearer, and a window to put on a screen.
 */
export async function benchDesktop(): Promise<Figure[]> {
  const place = scratch('desktop');
  const session = await startDesktopSession(path.join(place.folder, 'session'));
  const desktop = await launchStandIn({
    folder: place.folder,
    busAddress: session.busAddress,
    words: ['--hidden'],
  });
  try {
    await until('the menu', async () => (await desktop.state()).tray?.items.length !== 0);
    await wait(SETTLE_MS);
    const before = wakeUps(desktop.pid);
    await wait(WATCH_MS);
    const perSecond = ((wakeUps(desktop.pid) - before) * 1_000) / WATCH_MS;

    // The first window also starts the stand-in's Chromium, which Electron has at hand: one to begin with, not counted.
    await show(desktop);
    const warm: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) warm.push(await show(desktop));
    const cold: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await desktop.act('window/close');
      cold.push(await show(desktop));
    }
    const bytes = startBundle(path.join(root, 'out/renderer')).reduce((sum, { gzip }) => sum + gzip, 0);
    return [
      figure({
        name: 'idle desktop host on the stand-in, no window, wake-ups',
        unit: 'per second',
        values: [perSecond],
        baselines: [0],
        against: 'nothing at all',
        goal: 'at most 1 a second',
        met: (value) => value <= 1,
        note: 'voluntary context switches of the main thread, the control port of the stand-in included',
      }),
      figure({
        name: 'quick window, press to shown, made anew',
        unit: 'ms',
        values: cold,
        baselines: warm,
        against: 'the same window kept warm',
        goal: 'under 1,000 ms',
        met: (value) => value < 1_000,
      }),
      figure({
        name: 'quick window, press to shown, kept warm',
        unit: 'ms',
        values: warm,
        baselines: cold,
        against: 'made anew',
        goal: 'under 100 ms',
        met: (value) => value < 100,
      }),
      figure({
        name: 'dashboard, loaded at the start',
        unit: 'kB gzip',
        values: [bytes / 1_000],
        baselines: [400],
        against: 'the most it may be; the build fails above it',
        goal: 'at most 400 kB',
        met: (value) => value <= 400,
      }),
    ];
  } finally {
    desktop.signal('SIGTERM');
    await desktop.ended;
    await session.end();
    place.remove();
  }
}

/** From the press on the icon to the window being shown with its page loaded; then hidden again. */
async function show(desktop: Desktop): Promise<number> {
  const began = performance.now();
  let { windows } = await desktop.act('tray/press', { bounds: { x: 1_800, y: 4, width: 24, height: 24 } });
  while (!windows.some(({ url, visible }) => url.includes('#/quick') && visible)) {
    await wait(5);
    ({ windows } = await desktop.state());
  }
  const took = performance.now() - began;
  await desktop.act('window/blur', { url: '#/quick' });
  await wait(300);
  return took;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function wakeUps(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/^voluntary_ctxt_switches:\s+(\d+)/mu.exec(status)?.[1] ?? 0);
}
