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

/** Opens two pages in turn, and tells how long each took until what is named was on its screen: milliseconds. */
export async function firstPaints(
  context: BrowserContext,
  own: { readonly url: string; readonly selector: string },
  bare: { readonly url: string; readonly selector: string },
): Promise<{ own: number[]; bare: number[] }> {
  const paint = async ({ url, selector }: typeof own): Promise<number> => {
    const page = await context.newPage();
    const first = await watchFor(page, selector);
    // The page before is still being taken down.
    await page.waitForTimeout(REST_MS);
    await page.goto(url);
    const ms = await first();
    await page.close();
    return ms;
  };
  const times = { own: [] as number[], bare: [] as number[] };
  for (let time = 0; time < WARM + TIMES; time += 1) {
    const [mine, theirs] = [await paint(own), await paint(bare)];
    if (time < WARM) continue;
    times.own.push(mine);
    times.bare.push(theirs);
  }
  return times;
}
