import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { barriers } from '../barriers.ts';
import { faultsOf } from './faults.ts';
import { isView, type Picture, type PictureState } from './picture.ts';
import { shoot } from './shoot.ts';

/** Where the pictures are put, one file for each picture, state, size and theme. */
export const pictureFolder = path.join(import.meta.dirname, '..', '..', '..', 'artifacts', 'pictures');
/** An older folder of pictures to compare with. */
const before = process.env['HOMER_PICTURES_BEFORE'];
export const themes = ['light', 'dark'] as const;

/** One size in which a picture is taken; `suffix` is a part of its file's name. */
export interface Shape {
  readonly suffix: string;
  readonly width: number;
  readonly height: number;
  readonly themes: readonly (typeof themes)[number][];
}
export const wide: Shape = { suffix: '1440', width: 1440, height: 900, themes };
export const usual: Shape = { suffix: '1280', width: 1280, height: 800, themes };
/** What is left of 1440 by 900 when everything is twice as large. */
export const zoomed: Shape = { suffix: 'zoomed', width: 720, height: 450, themes: ['light'] };
export const narrow: Shape = { suffix: '720', width: 720, height: 900, themes };

/** Opens the picture's place, makes it ready, and takes it in every shape and theme. */
export async function take(
  page: Page,
  url: string,
  picture: Picture,
  state: PictureState,
  shapes: readonly Shape[],
): Promise<void> {
  const { size } = picture;
  const [first = wide] = shapes;
  const upright = /^\d+$/u.test(first.suffix);
  const taken =
    size === undefined
      ? shapes
      : [{ ...first, ...size, suffix: upright ? String(size.width) : first.suffix }];
  await page.setViewportSize(size ?? first);
  await page.goto('about:blank');
  await page.goto(url + picture.place);
  await page.locator('main, [role=main], [data-quick]').first().waitFor();
  if (state === 'loading') await page.waitForTimeout(300);
  else await expect(page.locator('[aria-busy=true]'), picture.name).toHaveCount(0);
  await picture.prepare?.(page);
  await page.evaluate(() => document.fonts.ready);
  for (const { suffix, width, height, themes: both } of taken) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of both) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      );
      const name = [picture.name, state, suffix, colorScheme].join('-');
      const bytes = await shoot(page, path.join(pictureFolder, `${name}.png`));
      if (before !== undefined && existsSync(path.join(before, `${name}.png`)))
        expect.soft(bytes, name).toMatchSnapshot(`${name}.png`, { maxDiffPixelRatio: 0.0005 });
    }
    const name = [picture.name, state, suffix].join('-');
    expect.soft(await faultsOf(page), name).toEqual([]);
    if (state === 'typical' && upright && suffix === taken[0]?.suffix)
      expect.soft(await barriersIn(page, picture), name).toEqual([]);
  }
}

/** The whole of a view in both themes; of what is opened in it, that alone, since the rest was looked at. */
async function barriersIn(page: Page, picture: Picture): Promise<string[]> {
  if (isView(picture)) return barriers(page);
  const opened = '[role=dialog], [role=menu]';
  const part = (await page.locator(opened).count()) > 0 ? opened : 'main';
  return barriers(page, part, 'wcag', ['light']);
}
