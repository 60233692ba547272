import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boardOrder, levelOf, placeBetween, priorityLevel, priorityOf, type Placed } from './board-order.ts';
import { likeness, sameFile } from './similar.ts';

const placed = fc.record({
  priority: fc.integer({ min: 0, max: 100 }),
  rank: fc.double({ min: 0, max: 5e7, noNaN: true }),
});

it('puts a card between its neighbours, whatever they are, or says that there is no room', () => {
  fc.assert(
    fc.property(placed, fc.array(placed, { minLength: 2, maxLength: 2 }), (card, pair) => {
      const [above, below] = pair.map((each, number): Placed => ({ ...each, number })).sort(boardOrder) as [
        Placed,
        Placed,
      ];
      const place = placeBetween(card, above, below);
      if (place === null) {
        expect(above.priority).toBe(below.priority);
        return;
      }
      const moved: Placed = { ...place, number: 99 };
      expect([moved, below, above].sort(boardOrder)).toEqual([above, moved, below]);
    }),
  );
});

it('leaves a card its priority where that stands between its neighbours', () => {
  const at = (priority: number) => ({ priority, rank: 1 });
  expect(placeBetween(at(50), at(90), at(20))?.priority).toBe(50);
  expect(placeBetween(at(20), at(90), at(70))?.priority).toBe(70);
  expect(placeBetween(at(90), at(50), undefined)?.priority).toBe(50);
  for (const level of priorityLevel.values) expect(levelOf(priorityOf(level))).toBe(level);
});

it('tells titles that say much the same from others', () => {
  expect(likeness('Retry requests that were rate limited', 'Retry rate limited requests')).toBeGreaterThan(
    0.9,
  );
  expect(likeness('Sort imports', 'Close idle connections')).toBe(0);
  expect(sameFile('src/a.ts:4', 'src/a.ts:90')).toBe(true);
  expect(sameFile('', '')).toBe(false);
});
