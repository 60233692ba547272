import { chromium, type BrowserContext } from '@playwright/test';
import { findBrowser } from '../../../scripts/find-browser.ts';
import { scratch } from '../host.ts';
import { watchFor } from './frames.ts';

export const viewport = { width: 1440, height: 900 };
export const launch = { args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'] };
/** Visits before the first that counts: a browser keeps what it has made of a script once it has seen it a few times. */
const WARM = 3;
const TIMES = 7;
const REST_MS = 800;

/** A browser as its owner has it: its profile keeps files, and what was made of scripts. */
export async function openProfile(): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
  const place = scratch('profile');
  const executablePath = findBrowser();
  const context = await chromium.launchPersistentContext(place.folder, {
    ...launch,
    ...(executablePath === undefined ? {} : { executablePath }),
    viewport,
  });
  return {
    context,
    async close() {
      await context.close();
      place.remove();
    },
  };
}

export interface FirstPaints {
  /** What the window kept of the last time counts: it is what its owner sees first. */
  readonly own: number[];
  /** What the application made itself, which can be worked with. */
  readonly live: number[];
  readonly bare: number[];
}

/** Opens two pages in turn, and tells how long each took until what is named was on its screen: milliseconds. */
export async function firstPaints(
  context: BrowserContext,
  own: { readonly url: string; readonly selector: string },
  bare: { readonly url: string; readonly selector: string },
): Promise<FirstPaints> {
  const paint = async (url: string, selectors: readonly string[]): Promise<number[]> => {
    const page = await context.newPage();
    const first = await watchFor(page, selectors);
    // The page before is still being taken down.
    await page.waitForTimeout(REST_MS);
    await page.goto(url);
    const ms = await first();
    await page.close();
    return ms;
  };
  const times: FirstPaints = { own: [], live: [], bare: [] };
  for (let time = 0; time < WARM + TIMES; time += 1) {
    const [first = NaN, live = NaN] = await paint(own.url, [own.selector, `#root ${own.selector}`]);
    const [theirs = NaN] = await paint(bare.url, [bare.selector]);
    if (time < WARM) continue;
    times.own.push(first);
    times.live.push(live);
    times.bare.push(theirs);
  }
  return times;
}
