import type { Page } from '@playwright/test';
import type { Picture } from './picture.ts';

/** Goes to the nth card of a column by keys alone, and presses one more. */
const onCard =
  (columns: number, cards: number, ...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.locator('[data-card]').first().waitFor();
    for (const key of ['j', ...Array<string>(columns).fill('l'), ...Array<string>(cards).fill('j'), ...keys])
      await page.keyboard.press(key);
  };
const then =
  (first: (page: Page) => Promise<void>, next: (page: Page) => Promise<void>) =>
  async (page: Page): Promise<void> => {
    await first(page);
    await next(page);
  };
const dialog = (page: Page): Promise<void> => page.getByRole('dialog').waitFor();
/** The facts beside it are folded away in a narrow window. */
const proposalPage = (shown: Page): Promise<void> => shown.locator('article h1').waitFor();

export const boardPictures: readonly Picture[] = [
  { name: 'board', place: '#/board' },
  { name: 'board-lanes', place: '#/board?lanes=goal', states: ['typical', 'overloaded'] },
  // The board comes back as it was left, with its lanes; this address has none.
  { name: 'board-filter', place: '#/board?view=none', prepare: onCard(0, 0, 'f') },
  { name: 'board-menu', place: '#/board', prepare: onCard(0, 1, '.') },
  { name: 'board-selection', place: '#/board', prepare: onCard(0, 0, 'x', 'Shift+J', 'Shift+J') },
  {
    name: 'board-unsent',
    place: '#/board',
    prepare: async (page) => {
      await page.route('**/api/proposal.decide', (route) => route.abort());
      await onCard(0, 0, 'a')(page);
      await page.getByText(/decision waits/).waitFor();
    },
  },
  { name: 'goal-pick', place: '#/board', prepare: then(onCard(0, 0, 'o'), dialog) },
  { name: 'proposal-start', place: '#/board', prepare: then(onCard(2, 1, 'a'), dialog) },
  { name: 'proposal-peek', place: '#/board', prepare: then(onCard(2, 0, 'Space'), dialog) },
  { name: 'proposal-idea', place: '#/board', prepare: then(onCard(0, 4, 'Enter'), proposalPage) },
  { name: 'proposal-research', place: '#/board', prepare: then(onCard(1, 1, 'Enter'), proposalPage) },
  {
    name: 'proposal-plan',
    place: '#/board',
    prepare: async (page) => {
      await onCard(2, 1, 'Enter')(page);
      await page.getByRole('combobox', { name: 'Compare with' }).click();
      await page.getByRole('option', { name: 'Changes since 1' }).click();
    },
  },
  {
    name: 'proposal-edit',
    place: '#/board',
    prepare: async (page) => {
      await onCard(2, 1, 'Enter')(page);
      await page.getByRole('button', { name: 'Edit plan' }).click();
    },
  },
  { name: 'proposal-approved', place: '#/board', prepare: then(onCard(3, 2, 'Enter'), proposalPage) },
];
