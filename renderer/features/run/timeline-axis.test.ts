import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAxis } from './timeline-axis.ts';

describe('the time axis', () => {
  test('spreads time evenly when nothing is folded', () => {
    const axis = createAxis(1000, 2000, []);
    expect([axis.at(0), axis.at(1000), axis.at(1500), axis.at(3000)]).toEqual([0, 0, 0.5, 1]);
  });

  test('folds a long silence to a small share', () => {
    const hour = 3_600_000;
    const axis = createAxis(0, 2 * 60_000 + hour, [{ from: 60_000, to: 60_000 + hour }]);
    expect(axis.at(60_000)).toBeCloseTo(0.47, 5);
    expect(axis.at(60_000 + hour)).toBeCloseTo(0.53, 5);
  });

  test('tells the moment at a place, within a fold too', () => {
    const axis = createAxis(0, 4_000_000, [
      { from: 60_000, to: 3_660_000, status: 'blocked' },
      { from: 3_700_000, to: 3_900_000 },
    ]);
    for (const moment of [0, 30_000, 1_000_000, 3_680_000, 3_800_000, 3_950_000, 4_000_000])
      expect(axis.momentAt(axis.at(moment))).toBeCloseTo(moment, 3);
    expect(axis.folds.map(({ status }) => status)).toEqual(['blocked', null]);
  });

  test('never runs backwards and stays within its width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 60 }),
        fc.array(fc.integer({ min: 0, max: 4_000_000 }), { minLength: 2, maxLength: 50 }),
        (lengths, moments) => {
          let at = 0;
          const silences = lengths.map((length, index) => {
            at += 1000 + index;
            const from = at;
            at += length;
            return { from, to: at };
          });
          const axis = createAxis(0, at + 5000, silences);
          const shares = moments.toSorted((a, b) => a - b).map((moment) => axis.at(moment));
          for (let index = 1; index < shares.length; index += 1)
            expect(shares[index]).toBeGreaterThanOrEqual((shares[index - 1] ?? 0) - 1e-9);
          for (const share of shares) expect(share).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
    );
  });
});
