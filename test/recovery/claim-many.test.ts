import { expect, test } from 'vitest';
import { claimMany } from './claim-many.ts';

test('three processes on one database claim every run once, and none is lost', async () => {
  const figures = await claimMany(300, 3);
  expect(figures).toMatchObject({ twice: 0, lost: 0, gaps: 0, integrity: 'ok' });
  expect(figures.shares.filter((share) => share > 0).length).toBeGreaterThan(1);
}, 60_000);
