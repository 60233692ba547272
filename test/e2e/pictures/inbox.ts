import type { Picture } from './picture.ts';

export const inboxPictures: readonly Picture[] = [
  { name: 'inbox', place: '#/inbox' },
  { name: 'inbox-snoozed', place: '#/inbox?list=snoozed' },
  { name: 'inbox-done', place: '#/inbox?list=done' },
  { name: 'briefings', place: '#/briefings' },
  { name: 'quick', place: '#/quick', size: { width: 420, height: 560 } },
  {
    name: 'palette',
    place: '#/board',
    prepare: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
    },
  },
  {
    name: 'shortcuts',
    place: '#/board',
    prepare: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];
