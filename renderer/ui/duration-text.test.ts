import { expect, test } from 'vitest';
import { readDuration, splitDuration, writeDuration } from './duration-text.ts';

test.each([
  [0, '0 s'],
  [1_500, '1500 ms'],
  [90_000, '90 s'],
  [5_400_000, '90 min'],
  [604_800_000, '7 day'],
])('%i ms is written as "%s" and read back', (ms, text) => {
  expect(writeDuration(ms)).toBe(text);
  expect(readDuration(text)).toBe(ms);
});

test('a comma is a point, nothing is nothing, and what is no length of time is told apart from that', () => {
  expect(readDuration('1,5 h')).toBe(5_400_000);
  expect(readDuration(writeDuration(null, 'day'))).toBe(null);
  for (const wrong of ['x min', '-1 h', '1e3 s', '1 2 s']) expect(readDuration(wrong)).toBeUndefined();
  expect(splitDuration('x y min')).toEqual({ amount: 'x y', unit: 'min' });
});
