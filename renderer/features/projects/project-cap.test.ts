import { expect, it } from 'vitest';
import { capText, readCap } from './project-cap.ts';

it('reads an amount of dollars, nothing as no cap, and refuses what is none', () => {
  expect(['2.50', ' 3 ', '0,75', ''].map(readCap)).toEqual([2_500_000, 3_000_000, 750_000, null]);
  expect(['two', '-1', '0', '1.1234567', '1e3'].map(readCap)).toEqual(Array(5).fill(undefined));
  expect([capText(2_500_000), capText(null)]).toEqual(['2.5', '']);
});
