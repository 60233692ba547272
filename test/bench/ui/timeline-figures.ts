import type { Browser, Page } from '@playwright/test';
import { startRunFixture } from '../../fixtures/run-server/server.ts';
import { named, runId } from '../../fixtures/run-server/world.ts';
import { figure, type Figure } from '../figure.ts';
import type { BareServer } from './bare-server.ts';
import { countFrames, heap, scroll, type Frames } from './frames.ts';
import { firstPaints, openProfile, viewport } from './profile.ts';
import { smooth } from './smooth.ts';

const EVENTS = 100_000;
const ROW = { height: 32, width: 880 };
const TIMES = 3;
const FLOOD_MS = 4_000;
const tree = '[role=tree]';

/** The timeline of a run of 100,000 events, read whole, and one that grows by 1,000 events a second, beside a bare list. */
export async function timelineFigures(browser: Browser, bare: BareServer): Promise<Figure[]> {
  const fixture = await startRunFixture({ root: 'out/renderer', huge: EVENTS });
  const lenses: Record<'raw' | 'outline' | 'bare', Frames[]> = { raw: [], outline: [], bare: [] };
  const bareUrl = bare.url(EVENTS, ROW.height, ROW.width);
  const { context, close } = await openProfile();
  const paint = await firstPaints(
    context,
    { url: `${fixture.url}#/run/${runId(named.huge)}`, selector: `${tree} [role=treeitem]` },
    { url: bareUrl, selector: '[data-bench-row]' },
  );
  await close();
  const scrolled = await browser.newPage({ viewport });
  await scrolled.goto(bareUrl);
  await scrolled.locator('[data-bench-row]').first().waitFor();
  const page = await browser.newPage({ viewport });
  await page.goto(`${fixture.url}#/run/${runId(named.huge)}?lens=raw`);
  await page.locator(tree).waitFor();
  await readWhole(page);
  for (let time = 0; time < TIMES; time += 1) {
    await page.bringToFront();
    lenses.raw.push(await scroll(page, tree, 1_600));
    await scrolled.bringToFront();
    lenses.bare.push(await scroll(scrolled, '[data-bench-scroller]', 1_600));
  }
  await scrolled.close();
  await page.bringToFront();
  await page.getByRole('radio', { name: 'Outline' }).click();
  await page.locator(tree).evaluate((element) => {
    element.scrollTop = 0;
  });
  await page.waitForTimeout(500);
  for (let time = 0; time < TIMES; time += 1) lenses.outline.push(await scroll(page, tree, 900));
  const session = await page.context().newCDPSession(page);
  const held = await heap(session);
  await page.close();

  const plain = await browser.newPage({ viewport });
  await plain.goto(bareUrl);
  await plain.locator('[data-bench-row]').first().waitFor();
  const bareHeld = await heap(await plain.context().newCDPSession(plain));
  const grown: Frames[] = [];
  const bareGrown: Frames[] = [];
  const growing = await browser.newPage({ viewport });
  await growing.goto(`${fixture.url}#/run/${runId(named.running)}`);
  await growing.locator(tree).waitFor();
  for (let time = 0; time < TIMES; time += 1) {
    await growing.bringToFront();
    grown.push(
      await countFrames(growing, async () => {
        for (let sent = 0; sent < FLOOD_MS; sent += 100) {
          await growing.request.post(`${fixture.url}fixture/append`, {
            data: { run: named.running, count: 100 },
          });
          await growing.waitForTimeout(80);
        }
      }),
    );
    await plain.bringToFront();
    bareGrown.push(
      await countFrames(plain, async () => {
        for (let sent = 0; sent < FLOOD_MS; sent += 100) {
          bare.change(100, EVENTS);
          await plain.waitForTimeout(80);
        }
      }),
    );
  }
  await growing.close();
  await plain.close();
  await fixture.stop();
  return [
    figure({
      name: 'timeline of 100,000, from navigation to the first row on screen',
      unit: 'ms',
      values: paint.own,
      baselines: paint.bare,
      against: 'bare list of 100,000 rows',
      goal: 'at most 2x',
      met: (value, baseline) => value <= 2 * baseline,
      note: 'as the window kept it the last time',
    }),
    figure({
      name: 'timeline of 100,000, from navigation to the first row that can be worked with',
      unit: 'ms',
      values: paint.live,
      baselines: paint.bare,
      against: 'bare list of 100,000 rows',
      goal: 'at most 4x',
      met: (value, baseline) => value <= 4 * baseline,
    }),
    smooth('raw timeline of 100,000, frames over 32 ms while scrolling', lenses.raw, lenses.bare),
    smooth('outline of 100,000, frames over 32 ms while scrolling', lenses.outline, lenses.bare),
    smooth('timeline, frames over 32 ms at 1,000 events a second', grown, bareGrown),
    figure({
      name: 'timeline of 100,000, script memory after it was scrolled',
      unit: 'MB',
      values: [held / 1_000_000],
      baselines: [bareHeld / 1_000_000],
      against: 'bare list that holds 100,000 rows',
      goal: 'at most 150 MB',
      met: (value) => value <= 150,
    }),
  ];
}

/** Earlier events come as the reader nears the start; until all are there. */
async function readWhole(page: Page): Promise<void> {
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
}
