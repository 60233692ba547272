import type { Page } from '@playwright/test';
import axe from 'axe-core';

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
  // Into the page itself, once: a builder of reports would load it again for each look, and open one more page to add them up.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found: string[] = [];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    const runOnly: axe.RunOnly | undefined =
      colorScheme === 'dark'
        ? { type: 'rule', values: COLOUR }
        : rules === 'all'
          ? undefined
          : { type: 'tag', values: WCAG };
    for (const { id, where } of await violations(page, part, runOnly))
      found.push(`${id} (${colorScheme}): ${where}`);
  }
  return found;
}

/** The rules that are broken, and where; nothing is written down about those that are kept, which would take longest. */
function violations(
  page: Page,
  part: string | undefined,
  runOnly: axe.RunOnly | undefined,
): Promise<{ id: string; where: string }[]> {
  return page.evaluate(
    async ([inside, only]) => {
      const { axe: there } = window as unknown as { axe: typeof axe };
      const { violations: broken } = await there.run(
        inside === undefined ? document : { include: [[inside]] },
        { ...(only === undefined ? {} : { runOnly: only }), resultTypes: ['violations'], selectors: false },
      );
      return broken.map(({ id, nodes }) => ({
        id,
        where: nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 160))
          .join(' | '),
      }));
    },
    [part, runOnly] as const,
  );
}
