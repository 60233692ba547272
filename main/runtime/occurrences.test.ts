import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Trigger } from '../domain/intent/intent.ts';
import { daysFrom } from '../domain/insight/local-days.ts';
import { nextDue } from './next-due.ts';
import { occurrencesIn } from './occurrences.ts';

const at = (iso: string): number => Date.parse(iso);
const berlin = (expression: string): Trigger => ({ type: 'cron', expression, zone: 'Europe/Berlin' });

it('gives just the times at which a trigger fires, one after the other', () => {
  const from = at('2026-03-01T00:00:00.000Z');
  const trigger = fc.oneof(
    fc.constantFrom('0 1 * * *', '*/30 2 * * *', '15 */6 * * 1-5', '0 0 29 * *').map(berlin),
    fc.integer({ min: 60_000, max: 90_000_000 }).map((everyMs): Trigger => ({ type: 'interval', everyMs })),
  );
  fc.assert(
    fc.property(trigger, fc.integer({ min: 0, max: 35 * 86_400_000 }), (each, ahead) => {
      const due = nextDue(each, from);
      const dueAt = due.ok ? due.value : null;
      if (dueAt === null) return;
      const begin = from + ahead;
      const end = begin + 7 * 86_400_000;
      const expected: string[] = [];
      for (let time: string | null = dueAt; time !== null && at(time) < end && expected.length < 400;) {
        if (at(time) >= begin) expected.push(time);
        const next = nextDue(each, at(time), at(dueAt));
        time = next.ok ? next.value : null;
      }
      expect(occurrencesIn(each, dueAt, { from: begin, to: end, most: 50 })).toEqual({
        times: expected.slice(0, 50),
        more: expected.length > 50,
      });
    }),
    { numRuns: 40 },
  );
});

it('has a time on each day also where clocks change, and days of 23 and 25 hours', () => {
  const spring = daysFrom('2026-03-28', 3, 'Europe/Berlin');
  expect(spring.map(({ from, to }) => (at(to) - at(from)) / 3_600_000)).toEqual([24, 23, 24]);
  const autumn = daysFrom('2026-10-24', 3, 'Europe/Berlin');
  expect(autumn.map(({ from, to }) => (at(to) - at(from)) / 3_600_000)).toEqual([24, 25, 24]);
  for (const days of [spring, autumn]) {
    const range = { from: at(days[0]?.from ?? ''), to: at(days[2]?.to ?? ''), most: 20 };
    const { times, more } = occurrencesIn(berlin('30 2 * * *'), days[0]?.from ?? '', range);
    expect(more).toBe(false);
    expect(times).toHaveLength(3);
    days.forEach(({ from, to }, nth) => {
      expect((times[nth] ?? '') >= from && (times[nth] ?? '') < to).toBe(true);
    });
  }
});

it('ends where it was told to, and says that there is more', () => {
  const range = { from: 0, to: 86_400_000, most: 10 };
  const minutely = occurrencesIn({ type: 'interval', everyMs: 60_000 }, '1970-01-01T00:00:00.000Z', range);
  expect([minutely.times.length, minutely.more]).toEqual([10, true]);
  expect(occurrencesIn(berlin('* * * * *'), '1970-01-01T00:00:00.000Z', range)).toMatchObject({ more: true });
  expect(occurrencesIn({ type: 'manual' }, '1970-01-02T00:00:00.000Z', range)).toEqual({
    times: [],
    more: false,
  });
});
