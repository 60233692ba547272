import { expect, test } from 'vitest';
import { killGitAtEachCall } from './kill-git-each.ts';
import { killGitMany } from './kill-git-many.ts';

test('git killed at random points leaves the repository whole, and the next try does the work', async () => {
  const { faults, kills, cutOff } = await killGitMany({ kills: 8, seed: 5 });
  expect(faults).toEqual([]);
  expect(kills).toBe(8);
  expect(cutOff).toBeGreaterThan(2);
}, 120_000);

test('a lock that a killed git left is taken away by the next try', async ({ skip }) => {
  const { skipped, faults, kills, locks } = await killGitAtEachCall({ whats: ['keep'] });
  if (skipped !== null) skip(skipped);
  expect(faults).toEqual([]);
  expect(kills).toBeGreaterThan(4);
  expect(Object.keys(locks)).toContain('refs/homer/runs/RUN.lock');
}, 120_000);
