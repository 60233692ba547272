import { expect, it } from 'vitest';
import { changedParts } from './changed-part.ts';
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

it('marks the words that changed where one line took the place of another', () => {
  const lines = lineDiff(['keep', 'Move the queue', 'gone'], ['keep', 'Move the old queue', 'else']);
  const parts = changedParts(lines);
  const marked = lines.map(({ text }, at) => {
    const part = parts[at];
    return part ? text.slice(...part) : undefined;
  });
  expect(marked.filter((text) => text !== undefined)).toEqual(['', 'old ']);
  expect(parts[0]).toBeUndefined();
});
