import type { Page } from '@playwright/test';

/**
 * What a machine can see is wrong with a picture: something stands beside the window, words are cut without a sign of it, more sizes of
 * type (those of code and of keys left out) or more than one filled button in what is in front.
 */
export const faultsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const beside = document.documentElement.scrollWidth - innerWidth;
    if (beside > 0) found.push(`${String(beside)} px stand beside the window`);

    const dialogs = [...document.querySelectorAll('[role=dialog],[role=alertdialog]')];
    const front = dialogs.at(-1) ?? document.querySelector('main') ?? document.body;
    const sizes = new Map<string, string>();
    const words = document.createTreeWalker(front, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const element = node.parentElement;
      if (text === '' || element === null) continue;
      const box = element.getBoundingClientRect();
      const seen = box.width > 2 && box.height > 2 && box.bottom > 0 && box.top < innerHeight;
      if (!seen || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      if (!style.fontFamily.includes('Mono') && element.closest('kbd') === null)
        sizes.set(style.fontSize, text.slice(0, 30));
      const cut = element.scrollWidth - element.clientWidth;
      if (
        cut > 1 &&
        style.display !== 'inline' &&
        (style.overflowX === 'hidden' || style.overflowX === 'clip') &&
        style.textOverflow !== 'ellipsis' &&
        style.clipPath === 'none'
      )
        found.push(`“${text.slice(0, 60)}” is cut by ${String(cut)} px without a sign of it`);
    }
    if (sizes.size > 4)
      found.push(
        `${String(sizes.size)} sizes of type: ${[...sizes].map(([size, text]) => `${size} (${text})`).join(', ')}`,
      );

    const probe = document.createElement('span');
    probe.style.backgroundColor = 'var(--color-accent)';
    document.body.append(probe);
    const accent = getComputedStyle(probe).backgroundColor;
    probe.remove();
    const filled = [...front.querySelectorAll('button, a')].filter(
      (element) =>
        getComputedStyle(element).backgroundColor === accent &&
        element.textContent.trim() !== '' &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    );
    if (filled.length > 1)
      found.push(
        `${String(filled.length)} filled buttons: ${filled.map(({ textContent }) => textContent.trim()).join(', ')}`,
      );
    return found;
  });
