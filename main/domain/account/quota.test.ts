import { expect, it } from 'vitest';
import { boundsOf, calendarBounds, quotaSchema, type Quota } from './quota.ts';
import { nightAt } from './night.ts';

const at = (iso: string): number => Date.parse(iso);
const shown = (bounds: { from: number; to: number } | null): string[] =>
  bounds === null ? [] : [bounds.from, bounds.to].map((ms) => new Date(ms).toISOString().slice(0, 16));
const berlin = { zone: 'Europe/Berlin', at: '00:00', weekday: 1 };
const rolling: Quota = {
  name: 'five_hour',
  period: 'rolling',
  hours: 5,
  zone: null,
  at: null,
  weekday: null,
  tokens: 1,
  requests: null,
  costMicroUsd: null,
};

it("begins a day at the owner's midnight, also on days of 23 and 25 hours", () => {
  expect(shown(calendarBounds('day', at('2026-03-29T12:00:00Z'), berlin))).toEqual([
    '2026-03-28T23:00',
    '2026-03-29T22:00',
  ]);
  expect(shown(calendarBounds('day', at('2026-10-25T12:00:00Z'), berlin))).toEqual([
    '2026-10-24T22:00',
    '2026-10-25T23:00',
  ]);
});

it('begins a day, a week and a month anew at the time its provider does', () => {
  const six = { zone: 'America/New_York', at: '06:00', weekday: 4 };
  expect(shown(calendarBounds('day', at('2026-11-21T10:59:59Z'), six))).toEqual([
    '2026-11-20T11:00',
    '2026-11-21T11:00',
  ]);
  expect(shown(calendarBounds('week', at('2026-11-21T12:00:00Z'), six))).toEqual([
    '2026-11-19T11:00',
    '2026-11-26T11:00',
  ]);
  expect(shown(calendarBounds('month', at('2026-12-01T10:00:00Z'), six))).toEqual([
    '2026-11-01T11:00',
    '2026-12-01T11:00',
  ]);
});

it('holds every moment of two years in exactly one day of each zone', () => {
  for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'])
    for (let now = at('2026-01-01T00:30:00Z'); now < at('2028-01-01T00:00:00Z'); now += 5.3 * 3_600_000) {
      const { from, to } = calendarBounds('day', now, { zone, at: '02:30', weekday: 1 });
      expect(from <= now && now < to).toBe(true);
      expect((to - from) / 3_600_000).toBeGreaterThanOrEqual(22);
      expect((to - from) / 3_600_000).toBeLessThanOrEqual(26);
      expect(calendarBounds('day', to, { zone, at: '02:30', weekday: 1 }).from).toBe(to);
    }
});

it('opens a rolling window with its first use, and lets it end by itself', () => {
  const opened = at('2026-11-21T09:10:00Z');
  expect(shown(boundsOf(rolling, at('2026-11-21T14:09:59Z'), opened, 'UTC'))).toEqual([
    '2026-11-21T09:10',
    '2026-11-21T14:10',
  ]);
  expect(boundsOf(rolling, at('2026-11-21T14:10:00Z'), opened, 'UTC')).toBeNull();
  // Opened under a clock that was ahead.
  expect(boundsOf(rolling, at('2026-11-21T09:00:00Z'), opened, 'UTC')).toBeNull();
});

it('refuses a window without a limit, a zone that is not there, and hours where none belong', () => {
  const errors = (quota: unknown): string[] =>
    quotaSchema.safeParse(quota).error?.issues.map(({ message }) => message) ?? [];
  expect(errors({ ...rolling, tokens: null })).toEqual(['Set a limit of tokens, requests or cost.']);
  expect(errors({ ...rolling, period: 'day' })).toEqual([
    'Hours belong to a rolling window, and to no other.',
  ]);
  expect(errors({ ...rolling, zone: 'Mars/Olympus' })).toHaveLength(1);
  expect(errors({ ...rolling, name: 'Five hours' })).toHaveLength(1);
});

it('knows the night across midnight, and when it begins and ends', () => {
  const night = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
  const words = (iso: string): string => {
    const { night: is, changesAt } = nightAt(night, at(iso));
    return `${is ? 'night' : 'day'} until ${new Date(changesAt).toISOString().slice(0, 16)}`;
  };
  expect(words('2026-11-21T20:59:00Z')).toBe('day until 2026-11-21T21:00');
  expect(words('2026-11-21T21:00:00Z')).toBe('night until 2026-11-22T06:00');
  expect(words('2026-11-22T05:59:00Z')).toBe('night until 2026-11-22T06:00');
  expect(nightAt({ ...night, from: '07:00' }, at('2026-11-21T12:00:00Z')).night).toBe(true);
});
