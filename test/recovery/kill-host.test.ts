import { expect, test } from 'vitest';
import { killMany } from './kill-many.ts';

test('a host that is killed at random and named points loses nothing and does nothing twice', async () => {
  const { faults, kills, turns } = await killMany({ kills: 12, seed: 3 });
  expect(faults).toEqual([]);
  expect(kills).toBe(12);
  expect(turns).toBeGreaterThan(0);
}, 120_000);
