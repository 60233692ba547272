import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/find-browser.ts';
import { startRunFixture } from '../fixtures/run-server/server.ts';
import { named, runId } from '../fixtures/run-server/world.ts';
import { figure, type Figure } from './figure.ts';

const TIMES = 3;
const FRAMES = 240;
const SLOW_MS = 32;

/** Scrolls an element by `step` pixels a frame; gives how many frames took longer than 32 ms. Without an element: only waits. */
function slowFrames(page: Page, selector: string | null, step: number): Promise<number> {
  return page.evaluate(
    async ([css, pixels, frames, slow]) => {
      const element = css === null ? null : document.querySelector(css);
      if (css !== null && !element) throw new Error(`nothing is ${css}`);
      let over = 0;
      await new Promise(requestAnimationFrame);
      let last = performance.now();
      for (let frame = 0; frame < frames; frame += 1) {
        if (element) element.scrollTop += pixels;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        if (now - last > slow) over += 1;
        last = now;
      }
      return over;
    },
    [selector, step, FRAMES, SLOW_MS] as const,
  );
}

/** Frames over 32 ms while a timeline of 100,000 events and a diff of 5,000 lines are scrolled, beside a page that only waits. */
export async function benchTimeline(): Promise<Figure[]> {
  const fixture = await startRunFixture({ root: 'out/renderer' });
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const lenses = { raw: [] as number[], outline: [] as number[], diff: [] as number[] };
  const bare: number[] = [];
  const tree = '[role=tree]';
  const open = async (place: string): Promise<void> => {
    await page.goto('about:blank');
    bare.push(await slowFrames(page, null, 0));
    await page.goto(`${fixture.url}#/run/${place}`);
  };
  await open(`${runId(named.huge)}?lens=raw`);
  await page.locator(tree).waitFor();
  // Earlier events come as the reader nears the start, until all are there.
  const height = (): Promise<number> => page.locator(tree).evaluate((element) => element.scrollHeight);
  for (let same = 0, known = await height(); same < 4;) {
    await page.locator(tree).evaluate((element) => {
      element.scrollTop = 0;
    });
    await page.waitForTimeout(250);
    const now = await height();
    same = now === known ? same + 1 : 0;
    known = now;
  }
  const rows = Math.round((await height()) / 32);
  for (let time = 0; time < TIMES; time += 1) lenses.raw.push(await slowFrames(page, tree, 1_600));
  await page.getByRole('radio', { name: 'Outline' }).click();
  await page.locator(tree).waitFor();
  for (let time = 0; time < TIMES; time += 1)
    lenses.outline.push(await slowFrames(page, tree, time % 2 === 0 ? -900 : 900));
  for (let time = 0; time < TIMES; time += 1) {
    await open(`${runId(named.longDiff)}/review`);
    await page.locator('[data-scope=list]').waitFor();
    lenses.diff.push(await slowFrames(page, '[data-scope=list]', 240));
  }
  await browser.close();
  await fixture.stop();
  const told = (name: string, values: readonly number[]): Figure =>
    figure({
      name: `${name}, frames over 32 ms of ${String(FRAMES)} while scrolling`,
      unit: 'frames',
      values,
      baselines: bare,
      against: 'an empty page',
      goal: 'at most 1 % of frames more than the empty page',
      met: (value, baseline) => value <= baseline + FRAMES / 100,
    });
  return [
    told(`raw timeline of ${rows.toLocaleString('en')} events`, lenses.raw),
    told('outline of the same run', lenses.outline),
    told('diff of 5,000 lines', lenses.diff),
  ];
}
