import { expect, it } from 'vitest';
import { formatField } from '../../ui/format-time.ts';
import { grantUntil, ownUntil } from './grant-until.ts';

const now = Date.parse('2026-11-21T14:20:30.500Z');
const hours = (at: string | null): number => (Date.parse(at ?? '') - now) / 3_600_000;

it('ends a permission in an hour, in seven days, or with the day of its reader', () => {
  expect(hours(grantUntil('hour', now))).toBe(1);
  expect(hours(grantUntil('week', now))).toBe(168);
  const day = grantUntil('day', now);
  expect(formatField(Date.parse(day))).toBe(`${formatField(now).slice(0, 10)}T23:59`);
  expect(hours(day)).toBeGreaterThan(0);
  expect(hours(day)).toBeLessThan(24);
});

it('takes a time of its own that is to come, within 90 days', () => {
  expect(hours(ownUntil(formatField(now + 2 * 3_600_000), now))).toBeCloseTo(2, 1);
  expect(ownUntil(formatField(now - 60_000), now)).toBeNull();
  expect(ownUntil(formatField(now + 91 * 86_400_000), now)).toBeNull();
  expect(ownUntil('', now)).toBeNull();
});
