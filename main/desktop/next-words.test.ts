import { expect, test } from 'vitest';
import { nextWords } from './next-words.ts';

/** Local times, as the owner reads them. */
const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();
const now = at(21, 22, 30);

test.each([
  [at(21, 23, 5), '23:05'],
  [at(22, 0, 5), 'tomorrow 00:05'],
  [at(23, 9), 'Mon 09:00'],
  [at(28, 9), '28 Nov 09:00'],
  [at(21, 22), '22:00'],
])('says %# in few words', (time, words) => {
  expect(nextWords(time, now)).toBe(words);
});
