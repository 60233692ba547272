import { chromium, type Page } from '@playwright/test';
import { named, runId } from '../fixtures/run-server/world.ts';
import { startRunFixture } from '../fixtures/run-server/server.ts';

/** `node test/bench/run-views.ts [page root]`: frames while scrolling 100,000 events and a diff of 5,000 lines, as one JSON object. */
const fixture = await startRunFixture({ root: process.argv[2] ?? 'out/renderer' });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
});

interface Frames {
  readonly frames: number;
  readonly over32: number;
  readonly worst: number;
}

/** Scrolls an element by `step` pixels a frame and notes how long each frame took. */
async function scroll(
  page: Page,
  selector: string,
  step: number,
  frames: number,
): Promise<Frames & { rows: number }> {
  return page.evaluate(
    async ([css, pixels, count]) => {
      const element = document.querySelector(css);
      if (!element) throw new Error(`nothing is ${css}`);
      const times: number[] = [];
      let last = performance.now();
      for (let frame = 0; frame < count; frame += 1) {
        element.scrollTop += pixels;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        times.push(now - last);
        last = now;
      }
      return {
        frames: times.length,
        over32: times.filter((time) => time > 32).length,
        worst: Math.round(Math.max(...times)),
        rows: Math.round(element.scrollHeight / 32),
      };
    },
    [selector, step, frames] as const,
  );
}

const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const run = `${fixture.url}#/run/${runId(named.huge)}`;
const results: Record<string, unknown> = {};
await page.goto('about:blank');
results['bareFrames'] = await page.evaluate(async () => {
  const times: number[] = [];
  let last = performance.now();
  for (let frame = 0; frame < 300; frame += 1) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return {
    frames: times.length,
    over32: times.filter((time) => time > 32).length,
    worst: Math.round(Math.max(...times)),
  };
});
await page.goto(`${run}?lens=raw`);
await page.locator('[role=tree]').waitFor();
await page.waitForTimeout(1_000);
// Earlier events come as the reader nears the start, until all 100,000 are there.
results['loadingAll'] = await scroll(page, '[role=tree]', -4_000, 400);
await page.waitForTimeout(1_000);
for (let round = 0; round < 40; round += 1) {
  await page.evaluate(() => document.querySelector('[role=tree]')?.scrollTo({ top: 0 }));
  await page.waitForTimeout(250);
}
results['raw'] = await scroll(page, '[role=tree]', 1_600, 600);
await page.getByRole('radio', { name: 'Outline' }).click();
await page.waitForTimeout(500);
results['outlineUp'] = await scroll(page, '[role=tree]', -900, 600);
results['outlineDown'] = await scroll(page, '[role=tree]', 300, 300);
await page.goto('about:blank');
await page.goto(`${fixture.url}#/run/${runId(named.longDiff)}/review`);
await page.locator('[data-scope=list]').waitFor();
await page.waitForTimeout(1_500);
results['diff'] = await scroll(page, '[data-scope=list]', 240, 400);
await page.goto('about:blank');
await page.goto(`${fixture.url}#/run/${runId(named.longDiff)}/review?layout=split`);
await page.locator('[data-scope=list]').waitFor();
await page.waitForTimeout(1_500);
results['diffSplitWrapped'] = await scroll(page, '[data-scope=list]', 240, 400);
process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
await browser.close();
await fixture.stop();
