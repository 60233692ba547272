import path from 'node:path';
import type { Page } from '@playwright/test';
import { shoot } from './shoot.ts';
import { pictureFolder, themes } from './take.ts';

/** A picture in both themes of where a spec has got to, for states that generated data cannot be in. The page is left in the light theme. */
export async function takeHere(page: Page, name: string): Promise<void> {
  for (const colorScheme of [...themes].reverse()) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await shoot(page, path.join(pictureFolder, `${name}-${colorScheme}.png`));
  }
}
