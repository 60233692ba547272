import { expect, it } from 'vitest';
import { everything, readShown, shownOf, textOf, writeShown } from './filter-address.ts';

it('comes back from an address as it was put in', () => {
  const shown = {
    filter: { waits: ['you' as const], risk: ['high' as const, 'none' as const], search: 'a & b, c' },
    lanes: 'goal' as const,
  };
  expect(readShown(writeShown(shown))).toEqual(shown);
  expect(shownOf(textOf(shown))).toEqual(shown);
  expect(textOf(everything)).toBe('');
});

it('leaves out what is no value of a field, and shows the rest', () => {
  expect(readShown({ risk: 'huge,low', goal: 'not-an-id', lanes: 'moon', q: '', peek: 'x' })).toEqual({
    filter: { risk: ['low'] },
    lanes: 'none',
  });
});

it('is the same text for the same board, whatever the order of its fields', () => {
  const a = { filter: { risk: ['low' as const], age: ['day' as const] }, lanes: 'none' as const };
  const b = { filter: { age: ['day' as const], risk: ['low' as const] }, lanes: 'none' as const };
  expect(textOf(a)).toBe(textOf(b));
});
