import { expect, it } from 'vitest';
import { readMutatedLines } from './mutated-lines.ts';

it('reads mutated lines, cut anywhere, without a throw, and keeps the text of each or says what it cut', () => {
  const report = readMutatedLines(4_000, Math.floor(Math.random() * 1e9));
  expect(report).toMatchObject({ threw: 0, lost: 0, miscounted: 0, malformed: 0 });
  expect(report.lines).toBeGreaterThanOrEqual(4_000);
  expect(report.structured).toBeGreaterThan(100);
  expect(report.capped).toBeGreaterThan(50);
});
