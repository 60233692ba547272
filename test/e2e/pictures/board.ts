import type { Picture } from './picture.ts';

export const boardPictures: readonly Picture[] = [
  { name: 'board', place: '#/board' },
  {
    name: 'proposal-peek',
    place: '#/board',
    prepare: async (page) => {
      await page.keyboard.press('l');
      await page.keyboard.press('l');
      await page.keyboard.press('Space');
      await page.getByRole('dialog').waitFor();
    },
  },
];
