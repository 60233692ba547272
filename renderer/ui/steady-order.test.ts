import { expect, test } from 'vitest';
import { steadyOrder } from './steady-order.ts';

const shown = (kept: string, now: string) => {
  const { items, held } = steadyOrder(Array.from(kept), Array.from(now), (key) => key);
  return `${items.join('')} ${String(held)}`;
};

test.each([
  ['abc', 'abc', 'abc 0', 'nothing changed'],
  ['abc', 'xabc', 'abc 1', 'a new row above waits'],
  ['abc', 'abcx', 'abcx 0', 'a new row below comes'],
  ['abc', 'ac', 'ac 0', 'what is gone leaves'],
  ['abc', 'cab', 'abc 3', 'an order that changed waits'],
  ['abc', 'xcay', 'acy 3', 'all of it at once'],
  ['', 'ab', 'ab 0', 'an empty list fills'],
])('of %s, now %s, shows %s: %s', (kept, now, expected) => {
  expect(shown(kept, now)).toBe(expected);
});
