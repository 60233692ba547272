import { expect, it } from 'vitest';
import { windowWords } from './window-words.ts';

it('writes the name of a window short, and one it does not know as it is', () => {
  expect(['five_hour', 'seven_day', 'two_weeks_opus', 'weekly_limit', 'night'].map(windowWords)).toEqual([
    '5 h',
    '7 d',
    '2 wk opus',
    'weekly limit',
    'night',
  ]);
});
