import { expect, it } from 'vitest';
import { listStep } from './list-step.ts';

it.each([
  ['j', 0, 1],
  ['ArrowDown', 9, 9],
  ['k', 0, 0],
  ['ArrowUp', -1, 9],
  ['j', -1, 0],
  ['End', 3, 9],
  ['Home', 3, 0],
  ['PageDown', 3, 8],
  ['PageUp', 3, 0],
])('%s leads from row %i to row %i of ten', (key, from, to) => {
  expect(listStep(key, from, 10, 5)).toBe(to);
});

it('leaves other keys and empty lists alone', () => {
  expect(listStep('a', 0, 10, 5)).toBeUndefined();
  expect(listStep('j', -1, 0, 5)).toBeUndefined();
});
