import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const COLOUR = ['color-contrast', 'link-in-text-block'];

/**
 * What on a page, or in one part of it, bars anyone, by axe: all rules in the light theme, and those that read colours in the dark one too.
 * What the page is made of is the same in both.
 */
export async function barriers(
  page: Page,
  part?: string,
  /** Those of WCAG 2.2 AA, or what axe holds for good practice as well. */
  rules: 'wcag' | 'all' = 'wcag',
  themes: readonly ('dark' | 'light')[] = ['dark', 'light'],
): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    const axe = new AxeBuilder({ page });
    if (part !== undefined) axe.include(part);
    const { violations } = await (
      colorScheme === 'dark' ? axe.withRules(COLOUR) : rules === 'all' ? axe : axe.withTags(WCAG)
    ).analyze();
    for (const { id, nodes } of violations)
      found.push(
        `${id} (${colorScheme}): ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 160))
          .join(' | ')}`,
      );
  }
  return found;
}
