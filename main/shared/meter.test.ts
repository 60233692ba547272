import { expect, it } from 'vitest';
import { createMeter } from './meter.ts';

it('gives median, p99 and longest of what was recorded, each kind for itself', () => {
  const meter = createMeter();
  for (let ms = 1; ms <= 1_000; ms += 1) meter.record('read', ms);
  meter.record('tick', 0.002);
  const read = meter.figures('read');
  expect(read.count).toBe(1_000);
  expect(read.p50Ms).toBeCloseTo(500, -1);
  expect(read.p99Ms).toBeGreaterThanOrEqual(989);
  expect(read.p99Ms).toBeLessThan(1_001);
  expect(read.maxMs).toBeCloseTo(1_000, -1);
  expect(read.totalMs).toBe(500_500);
  expect(meter.figures('tick').p50Ms).toBe(0.002);
  expect(meter.figures('write')).toEqual({ count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0, totalMs: 0 });
});
