import type { Page } from '@playwright/test';
import type { Picture } from './picture.ts';

/** The first row of a list is opened by keys. */
async function openFirst(page: Page): Promise<void> {
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
}

export const schedulePictures: readonly Picture[] = [
  { name: 'schedule', place: '#/schedule' },
  { name: 'schedule-week', place: '#/schedule?view=week' },
  { name: 'schedule-day', place: '#/schedule?view=day' },
  {
    name: 'schedule-missed',
    place: '#/schedule?view=week',
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /Missed/u })
        .first()
        .click();
      await page
        .getByRole('button', { name: 'Run once' })
        .or(page.getByRole('link', { name: 'Its run' }))
        .waitFor();
    },
  },
  {
    name: 'schedule-moved',
    place: '#/schedule?view=day',
    prepare: async (page) => {
      await page.locator('[data-planned]').first().focus();
      await page.keyboard.press('Alt+ArrowRight');
      await page.keyboard.press('Alt+ArrowRight');
      await page.getByText(/comes .* this time/u).waitFor();
    },
  },
  {
    name: 'intent',
    place: '#/schedule',
    prepare: async (page) => {
      await openFirst(page);
      await page.getByRole('heading', { name: 'What is done' }).waitFor();
    },
  },
  { name: 'new-intent', place: '#/schedule?edit=new', states: ['typical'] },
  { name: 'goals', place: '#/goals?show=all' },
  {
    name: 'goal',
    place: '#/goals',
    prepare: async (page) => {
      await openFirst(page);
      await page.getByRole('heading', { name: 'What moves it' }).waitFor();
    },
  },
  {
    name: 'new-goal',
    place: '#/goals',
    prepare: async (page) => {
      await page.keyboard.press('c');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'goal-link',
    place: '#/goals',
    prepare: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('l');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'insights', place: '#/insights' },
  {
    name: 'insights-tables',
    place: '#/insights',
    prepare: async (page) => {
      await page.keyboard.press('t');
      await page
        .getByRole('region', { name: /as a table/u })
        .first()
        .waitFor();
    },
  },
];
