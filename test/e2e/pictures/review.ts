import type { Page } from '@playwright/test';
import { named, runId } from '../../fixtures/run-server/world.ts';
import type { Picture } from './picture.ts';

const review = (name: keyof typeof named): string => `#/run/${runId(named[name])}/review`;
/** Keys on a review that nobody has marked yet: what a reader marks is kept, from one picture to the next as well. */
const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage))
        if (key.startsWith('homer.review.')) localStorage.removeItem(key);
    });
    await page.reload();
    await page.getByRole('group', { name: 'Changes' }).waitFor();
    for (const key of keys) await page.keyboard.press(key);
  };
const only = { world: 'runs', states: ['typical'] } as const;

export const reviewPictures: readonly Picture[] = [
  { name: 'review', place: review('review'), world: 'runs', states: ['typical', 'error', 'loading'] },
  { name: 'review-empty', place: review('empty'), ...only },
  { name: 'review-long', place: review('longDiff'), ...only },
  { name: 'review-split', place: `${review('review')}?layout=split`, ...only },
  { name: 'review-tests', place: `${review('review')}?tab=tests`, ...only },
  { name: 'review-conflict', place: review('conflict'), ...only },
  {
    name: 'review-marked',
    place: review('review'),
    ...only,
    // A file is viewed, a hunk left out, and a line commented on.
    async prepare(page) {
      await press('Shift+J', 'v', 'j', 'x', ...Array<string>(10).fill('ArrowDown'), 'c')(page);
      await page.keyboard.type('Say how long it waits.');
    },
  },
  {
    name: 'review-apply',
    place: review('review'),
    ...only,
    async prepare(page) {
      await press('j', 'j', 'x', 'a')(page);
      await page.getByRole('dialog').getByRole('list', { name: 'The branch gets' }).waitFor();
    },
  },
  {
    name: 'review-revert',
    place: review('rollBackConflict'),
    ...only,
    async prepare(page) {
      await page.getByRole('button', { name: 'Revert…' }).waitFor();
      await page.keyboard.press('Shift+Z');
      await page.getByRole('dialog').getByRole('group', { name: 'Changes' }).waitFor();
    },
  },
];
