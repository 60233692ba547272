import { expect, it } from 'vitest';
import { addDays, axisOf, mondayOf } from './calendar-axis.ts';
import { bundleRuns } from './bundle-runs.ts';
import { shownPlanned, stepped } from './use-move-time.ts';
import { lanesOf, windowRows } from './calendar-lanes.ts';
import type { RangeIntent, RangeWaiting } from './calendar-types.ts';

const day = (date: string, from: string, to: string) => ({ date, from, to });

it('names each hour as the clock of the zone shows it, and gives a day without an hour less room', () => {
  const axis = axisOf(
    {
      zone: 'Europe/Berlin',
      days: [
        day('2026-03-28', '2026-03-27T23:00:00.000Z', '2026-03-28T23:00:00.000Z'),
        day('2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'),
      ],
    },
    6,
  );
  expect(axis.hours.map(({ words }) => words)).toEqual(['00', '06', '12', '18', '00', '06', '12', '18']);
  // Six o'clock comes five hours after midnight on the second day.
  expect(axis.part(Date.parse('2026-03-29T04:00:00.000Z'))).toBeCloseTo(29 / 47);
  expect(axis.part(0)).toBe(0);
});

it('goes by weeks that begin on Monday, over the end of a year', () => {
  expect(mondayOf('2026-11-22')).toBe('2026-11-16');
  expect(mondayOf('2026-11-16')).toBe('2026-11-16');
  expect(addDays('2026-12-28', 7)).toBe('2027-01-04');
});

it('puts work into the lane of its account, and what has none below by executor', () => {
  const intent = (id: string, accountId: string | null): RangeIntent =>
    ({ id, accountId, executor: 'claude' }) as RangeIntent;
  const account = (id: string, full: boolean) => ({
    id,
    label: id,
    executor: 'claude',
    windows: [],
    exhausted: full ? [{ from: '', to: '', why: 'full' }] : [],
  });
  const lanes = lanesOf({
    intents: [intent('1', 'max'), intent('2', null), intent('3', 'gone')],
    accounts: [account('max', false), account('pro', true), account('idle', false)],
    waiting: [{ accountId: null, executor: 'codex', number: 7 } as RangeWaiting],
  });
  expect(lanes.at(-1)?.waiting.map(({ number }) => number)).toEqual([7]);
  expect(lanes.map(({ key, intents }) => [key, intents.map(({ id }) => id)])).toEqual([
    ['max', ['1']],
    ['pro', []],
    ['executor:claude', ['2', '3']],
    ['executor:codex', []],
  ]);
});

it('moves a planned time by quarters of an hour, and never into the past', () => {
  const now = Date.parse('2026-11-21T12:05:00.000Z');
  expect(stepped('2026-11-21T13:00:00.000Z', 2, now)).toBe('2026-11-21T13:30:00.000Z');
  expect(stepped('2026-11-21T13:00:00.000Z', -3, now)).toBe('2026-11-21T12:15:00.000Z');
  expect(stepped('2026-11-21T13:00:00.000Z', -40, now)).toBe('2026-11-21T12:15:00.000Z');
});

it('shows the time that is moved where it goes, and the others where they are', () => {
  const planned = [
    { at: '1', movedFrom: null },
    { at: '2', movedFrom: '0' },
  ];
  const moving = { intentId: 'a', name: '', from: '1', to: '9', live: true };
  expect(shownPlanned({ id: 'a', planned }, moving)).toEqual([
    { at: '9', movedFrom: '1', was: '1' },
    { at: '2', movedFrom: '0', was: '2' },
  ]);
  expect(shownPlanned({ id: 'b', planned }, moving)[0]).toMatchObject({ at: '1' });
});

it('draws two kinds of windows of an account, the shortest and the longest', () => {
  const window = (name: string) => ({ name, from: '', to: '', used: null });
  const rows = windowRows([window('5 h'), window('5 h'), window('1 d'), window('7 d')]);
  expect(rows.map(({ name, windows }) => [name, windows.length])).toEqual([
    ['5 h', 2],
    ['7 d', 1],
  ]);
});

it('draws runs together that would stand on each other, and others each alone', () => {
  const own = (x: number): number => x;
  expect(bundleRuns([0, 3, 5, 7, 20, 40], own, 6)).toEqual([[0, 3, 5], [7], [20], [40]]);
  expect(bundleRuns([], own, 6)).toEqual([]);
});
