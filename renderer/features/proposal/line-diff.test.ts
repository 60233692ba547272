import { expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';

const shown = (before: string, after: string): string =>
  lineDiff(before.split(''), after.split(''))
    .map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`)
    .join('');

it('shows what was taken out before what came in', () => {
  expect(shown('abc', 'axc')).toBe(' a-b+x c');
});

it('keeps the lines that both have', () => {
  expect(shown('abcd', 'bd')).toBe('-a b-c d');
  expect(shown('', 'ab')).toBe('+a+b');
  expect(shown('ab', 'ab')).toBe(' a b');
});
