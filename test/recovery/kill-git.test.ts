import { expect, test } from 'vitest';
import { killGitMany } from './kill-git-many.ts';

test('git killed at random points leaves the repository whole, and the next try does the work', async () => {
  const { faults, kills, cutOff } = await killGitMany({ kills: 8, seed: 5 });
  expect(faults).toEqual([]);
  expect(kills).toBe(8);
  expect(cutOff).toBeGreaterThan(2);
}, 120_000);
