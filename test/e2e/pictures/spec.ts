import { test, type BrowserContextOptions, type Page } from '@playwright/test';
import { areas } from './all.ts';
import { statesOf, type Picture, type PictureState } from './picture.ts';
import { take, type Shape } from './take.ts';
import { pictureTime, startWorlds } from './worlds.ts';

/** `HOMER_PICTURES=<regular expression>`: only the pictures whose name it finds. */
const wanted = new RegExp(process.env['HOMER_PICTURES'] ?? '', 'u');

/** Declares a test for each part of the dashboard, which takes its pictures of one state. */
export function takeAll(
  title: string,
  state: PictureState,
  shapes: readonly Shape[],
  {
    only = () => true,
    context: options = {},
    ready = () => Promise.resolve(),
  }: {
    readonly only?: (picture: Picture) => boolean;
    readonly context?: BrowserContextOptions;
    readonly ready?: (page: Page) => Promise<void>;
  } = {},
): void {
  for (const [area, pictures] of Object.entries(areas)) {
    const taken = pictures.filter(
      (picture) => wanted.test(picture.name) && statesOf(picture).includes(state) && only(picture),
    );
    if (taken.length === 0) continue;
    test(`${title}: ${area}`, async ({ browser }) => {
      test.setTimeout(300_000);
      const worlds = await startWorlds(state, new Set(taken.map(({ world = 'main' }) => world)));
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
      try {
        const page = await context.newPage();
        await page.clock.setFixedTime(pictureTime);
        await ready(page);
        for (const picture of taken)
          await take(page, worlds.urls[picture.world ?? 'main'] ?? '', picture, state, shapes);
      } finally {
        await context.close();
        await worlds.stop();
      }
    });
  }
}
