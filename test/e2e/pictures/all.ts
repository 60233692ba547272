import { boardPictures } from './board.ts';
import { inboxPictures } from './inbox.ts';
import type { Picture } from './picture.ts';
import { reviewPictures } from './review.ts';
import { runPictures } from './runs.ts';
import { schedulePictures } from './schedule.ts';
import { settingsPictures } from './settings.ts';

/** Every picture that is taken, by the part of the dashboard it shows. */
export const areas: Readonly<Record<string, readonly Picture[]>> = {
  'the board and its proposals': boardPictures,
  'the shell and the inbox': inboxPictures,
  runs: runPictures,
  reviews: reviewPictures,
  'schedule, goals and insights': schedulePictures,
  'projects, accounts and settings': settingsPictures,
};
