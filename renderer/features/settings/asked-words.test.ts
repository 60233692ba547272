import { expect, it } from 'vitest';
import { askedWords } from './asked-words.ts';

it('tells how often by the week, and never a rounded nothing', () => {
  expect(askedWords(56, 28)).toBe('14/week');
  expect(askedWords(3, 7)).toBe('3/week');
  expect(askedWords(1, 28)).toBe('less than 1/week');
  expect(askedWords(0, 28)).toBe('never');
});
