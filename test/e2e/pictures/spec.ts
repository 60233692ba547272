import { test, type BrowserContextOptions, type Page } from '@playwright/test';
import { pictures } from './all.ts';
import { statesOf, type Picture, type PictureState } from './picture.ts';
import { take, type Shape } from './take.ts';
import { pictureTime, startWorlds } from './worlds.ts';

/** `HOMER_PICTURES=<regular expression>`: only the pictures whose name it finds. */
const wanted = new RegExp(process.env['HOMER_PICTURES'] ?? '', 'u');

export const picturesIn = (state: PictureState): readonly Picture[] =>
  pictures.filter((picture) => wanted.test(picture.name) && statesOf(picture).includes(state));

/** Declares the test that takes all pictures of one state. */
export function takeAll(
  title: string,
  state: PictureState,
  shapes: readonly Shape[],
  options: BrowserContextOptions = {},
  ready: (page: Page) => Promise<void> = () => Promise.resolve(),
): void {
  test(title, async ({ browser }) => {
    const taken = picturesIn(state);
    test.skip(taken.length === 0, 'HOMER_PICTURES names none of these');
    test.setTimeout(360_000);
    const worlds = await startWorlds(state);
    const context = await browser.newContext({
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...options,
    });
    try {
      const page = await context.newPage();
      await page.clock.setFixedTime(pictureTime);
      await ready(page);
      for (const picture of taken)
        await take(page, worlds.urls[picture.world ?? 'main'], picture, state, shapes);
    } finally {
      await context.close();
      await worlds.stop();
    }
  });
}
