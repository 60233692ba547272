import { expect, test } from 'vitest';
import { killRotation } from './kill-rotation-many.ts';

test('a host that is killed while accounts rotate counts every turn once, uses no account that is not back, and begins by itself what waited', async () => {
  const { faults, kills, limited } = await killRotation({ kills: 8, seed: 5 });
  expect(faults).toEqual([]);
  expect(kills).toBe(8);
  expect(limited).toBeGreaterThan(2);
}, 180_000);
