import type { CDPSession, Page } from '@playwright/test';

export const SLOW_MS = 32;

/** How many of the frames took longer than 32 ms, how many there were, and the processor time of the page in each, in milliseconds. */
export interface Frames {
  readonly slow: number;
  readonly all: number;
  readonly work: number;
}

/** Keeps, from before the first script on, when elements came to be: milliseconds since the navigation began, for each selector. */
export async function watchFor(page: Page, selectors: readonly string[]): Promise<() => Promise<number[]>> {
  await page.addInitScript((all) => {
    const times: number[] = [];
    (window as unknown as { benchFirst: number[] }).benchFirst = times;
    for (const [index, css] of all.entries()) {
      const look = (): void => {
        if (!document.querySelector(css)) return;
        observer.disconnect();
        // When it is on screen, not when it is in the tree.
        requestAnimationFrame(() =>
          setTimeout(() => {
            times[index] = performance.now();
          }),
        );
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { childList: true, subtree: true });
    }
  }, selectors);
  return async () => {
    await page.waitForFunction(
      (count) => Object.keys((window as unknown as { benchFirst: number[] }).benchFirst).length === count,
      selectors.length,
    );
    return page.evaluate(() => (window as unknown as { benchFirst: number[] }).benchFirst);
  };
}

/** Counts frames while something else goes on. */
export async function countFrames(page: Page, work: () => Promise<void>): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async (): Promise<number> =>
    (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')
      ?.value ?? 0;
  await page.evaluate(
    (limit) =>
      new Promise<void>((ready) => {
        const state = { slow: 0, all: -2, last: performance.now(), on: true };
        (window as unknown as { benchFrames: typeof state }).benchFrames = state;
        const frame = (now: number): void => {
          state.all += 1;
          if (state.all > 0 && now - state.last > limit) state.slow += 1;
          state.last = now;
          if (state.all === 0) ready();
          if (state.on) requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    SLOW_MS,
  );
  const before = await busy();
  await work();
  const seconds = (await busy()) - before;
  const { slow, all } = await page.evaluate(() => {
    const { benchFrames } = window as unknown as { benchFrames: Frames & { on: boolean } };
    benchFrames.on = false;
    return { slow: benchFrames.slow, all: benchFrames.all };
  });
  await session.detach();
  return { slow, all, work: all > 0 ? (seconds * 1_000) / all : 0 };
}

/** Scrolls by so many pixels each frame, there and back. */
export function scroll(page: Page, selector: string, step: number, frames = 240): Promise<Frames> {
  return countFrames(page, () =>
    page.evaluate(
      async ([css, pixels, count]) => {
        const element = document.querySelector(css);
        if (!element) throw new Error(`nothing is ${css}`);
        for (let frame = 0; frame < count; frame += 1) {
          element.scrollTop += frame < count / 2 ? pixels : -pixels;
          await new Promise(requestAnimationFrame);
        }
      },
      [selector, step, frames] as const,
    ),
  );
}

/** From the words in the field to the frame that shows another count: milliseconds, for each of the words. */
export async function searchLatency(
  page: Page,
  field: string,
  count: string,
  words: readonly string[],
): Promise<number[]> {
  const times: number[] = [];
  for (const word of words) {
    await page.evaluate(
      ([input, shown]) => {
        const before = document.querySelector(shown)?.textContent;
        const state = { ms: -1 };
        (window as unknown as { benchSearch: typeof state }).benchSearch = state;
        document.querySelector(input)?.addEventListener(
          'input',
          () => {
            const began = performance.now();
            const look = (): void => {
              if (document.querySelector(shown)?.textContent === before) requestAnimationFrame(look);
              else state.ms = performance.now() - began;
            };
            requestAnimationFrame(look);
          },
          { once: true, capture: true },
        );
      },
      [field, count] as const,
    );
    await page.locator(field).fill(word);
    await page.waitForFunction(
      () => (window as unknown as { benchSearch: { ms: number } }).benchSearch.ms >= 0,
    );
    times.push(
      await page.evaluate(() => (window as unknown as { benchSearch: { ms: number } }).benchSearch.ms),
    );
    await page.waitForTimeout(400);
  }
  return times;
}

/** What scripts hold after everything that can go has gone: bytes. */
export async function heap(session: CDPSession): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}
