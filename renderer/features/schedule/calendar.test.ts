import { expect, it } from 'vitest';
import { addDays, axisOf, mondayOf } from './calendar-axis.ts';
import { bundleRuns } from './bundle-runs.ts';
import { plannedBlocks, shownPlanned, stepped } from './planned-times.ts';
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

const hour = (at: string): string => `2026-11-21T${at}:00.000Z`;

it('moves planned times by quarters of an hour, never into the past, and not as far as those around them', () => {
  const now = Date.parse('2026-11-21T12:05:00.000Z');
  const to = (at: string, until: string, steps: number, around: string[] = []): string =>
    stepped(
      { at: hour(at), until: hour(until) },
      steps,
      now,
      around.map((each) => ({ at: hour(each) })),
    ).slice(11, 16);
  expect(to('13:00', '13:00', 2)).toBe('13:30');
  expect(to('13:00', '13:00', -3)).toBe('12:15');
  expect(to('13:00', '13:00', -40)).toBe('12:15');
  const around = ['12:40', '13:00', '13:30', '14:10'];
  expect([-9, -1, 1, 2, 9].map((steps) => to('13:00', '13:30', steps, around))).toEqual([
    '12:45',
    '12:45',
    '13:15',
    '13:30',
    '13:30',
  ]);
  // Every quarter of an hour: no room at all.
  expect([-1, 1].map((steps) => to('13:00', '13:15', steps, ['12:45', '13:00', '13:15', '13:30']))).toEqual([
    '13:00',
    '13:00',
  ]);
});

it('shows the times that are moved where they go, in a block of their own and in their place, and the others where they are', () => {
  const planned = ['10:00', '10:20', '10:40', '14:00'].map((at, index) => ({
    at: hour(at),
    movedFrom: index === 3 ? hour('13:00') : null,
  }));
  const moving = {
    intentId: 'a',
    name: '',
    from: hour('10:00'),
    through: hour('10:20'),
    to: hour('10:15'),
    count: 2,
    live: true,
  };
  const shown = shownPlanned({ id: 'a', planned }, moving);
  expect(shown.map(({ at, was, movedFrom }) => [at, was, movedFrom])).toEqual([
    [hour('10:15'), hour('10:00'), hour('10:00')],
    [hour('10:35'), hour('10:20'), hour('10:20')],
    [hour('10:40'), hour('10:40'), null],
    [hour('14:00'), hour('14:00'), hour('13:00')],
  ]);
  expect(shownPlanned({ id: 'b', planned }, moving).map(({ at }) => at)).toEqual(planned.map(({ at }) => at));
  const sizes = (of: typeof moving | null): number[] =>
    plannedBlocks(
      'a',
      shownPlanned({ id: 'a', planned }, of),
      of,
      ({ at }) => Date.parse(at) / 600_000,
      6,
    ).map(({ length }) => length);
  expect(sizes(null)).toEqual([3, 1]);
  expect(sizes(moving)).toEqual([2, 1, 1]);
  expect(sizes({ ...moving, live: false })).toEqual([3, 1]);
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
