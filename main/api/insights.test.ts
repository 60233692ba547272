import { afterEach, beforeEach, expect, it } from 'vitest';
import { insightMeasure } from '../domain/insight/insight.ts';
import { createManualClock } from '../shared/clock.ts';
import { createMeter } from '../shared/meter.ts';
import { createSilentLog } from '../shared/log.ts';
import { createScope } from '../shared/scope.ts';
import { createTickHours } from '../runtime/tick-hours.ts';
import { writeFlag } from '../store/flag-store.ts';
import { fillInsights } from '../store/testing/fill-insights.ts';
import { recordWindowHours } from '../store/account-window-hour-store.ts';
import { recordTickHour } from '../store/tick-hour-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

const at = (iso: string): number => Date.parse(iso);
/** Noon of the day after summer time began in Berlin. */
function inBerlin(): void {
  api.clock.advance(at('2026-03-30T10:00:00.000Z') - api.clock.now());
  api.store.write((write) => {
    writeFlag(write, 'cost.zone', 'Europe/Berlin', 'owner');
  });
}

it('opens for every point of every chart just as many runs as it says stand behind it', async () => {
  inBerlin();
  const { projectIds } = api.store.write((write) =>
    fillInsights(write, { from: at('2026-03-22T00:00:00.000Z'), to: api.clock.now(), runs: 120 }),
  );
  api.store.write((write) => {
    const figures = { count: 9, p50Ms: 1, p99Ms: 4, maxMs: 5, totalMs: 12 };
    for (let day = 24; day <= 30; day += 1)
      recordTickHour(write, `2026-03-${String(day)}T05:00:00.000Z`, figures);
  });
  for (const projectId of [undefined, projectIds[1]]) {
    const { charts } = await api.did('insights.get', { days: 7, ...(projectId ? { projectId } : {}) });
    expect(charts.map(({ measure }) => measure)).toEqual(insightMeasure.values);
    for (const { measure, axis, points } of charts)
      for (const { key, from, to, runs } of points) {
        const { rows } = await api.did('run.list', {
          behind: measure,
          from,
          to,
          ...(axis === 'names' ? { key } : {}),
          ...(projectId ? { projectId } : {}),
        });
        expect([measure, key, rows.length]).toEqual([measure, key, runs]);
      }
  }
});

it('counts by the days of the owner, also by one of 23 hours', async () => {
  inBerlin();
  api.store.write((write) =>
    fillInsights(write, {
      from: at('2026-03-24T23:00:00.000Z'),
      to: at('2026-03-29T22:00:00.000Z'),
      runs: 119,
    }),
  );
  const { zone, charts } = await api.did('insights.get', { days: 7, measures: ['throughput'] });
  const [chart] = charts;
  expect(zone).toBe('Europe/Berlin');
  // One run an hour: 25 March to 28 March have 24, and the 29th, when clocks went forward, has 23.
  expect(chart?.points.map(({ key, runs }) => [key, runs])).toEqual([
    ['2026-03-24', 0],
    ['2026-03-25', 24],
    ['2026-03-26', 24],
    ['2026-03-27', 24],
    ['2026-03-28', 24],
    ['2026-03-29', 23],
    ['2026-03-30', 0],
  ]);
  expect(chart?.points.at(-2)).toMatchObject({
    from: '2026-03-28T23:00:00.000Z',
    to: '2026-03-29T22:00:00.000Z',
  });
});

it('tells the middle and the slow end of waits, the share that worked, and leaves a day of nothing empty', async () => {
  inBerlin();
  api.store.write((write) =>
    fillInsights(write, {
      from: at('2026-03-28T23:00:00.000Z'),
      to: at('2026-03-29T21:00:00.000Z'),
      runs: 8,
    }),
  );
  const { charts } = await api.did('insights.get', { days: 7 });
  const of = (name: string) => charts.find(({ measure }) => measure === name);
  expect(of('success')?.points.map(({ values }) => values)).toEqual([
    [null],
    [null],
    [null],
    [null],
    [null],
    [4 / 6],
    [null],
  ]);
  expect(of('applied')?.series.map(({ total }) => total)).toEqual([2, 1]);
  // 7.2 dollars' worth of runs is not what three changes cost alone: the failed ones are in it.
  expect(of('change_cost')?.series[0]?.total).toBe((8 * 400_000 + 21 * 50_000) / 3);
  expect(of('throughput')?.series.map(({ total }) => total)).toEqual([4, 2, 2]);
  expect(of('approval')?.series[0]?.total).toBeCloseTo(30 / 40);
  expect(of('cost')?.series.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Fewer flaky tests', 'Other goals']),
  );
  expect(of('cost')?.series).toHaveLength(3);
});

it('refuses days it does not know, and the runs behind a point without its times', async () => {
  expect(await api.call('insights.get', { days: 8 })).toMatchObject({
    ok: false,
    error: { tag: 'invalid_input' },
  });
  expect(await api.call('run.list', { behind: 'applied' })).toMatchObject({
    ok: false,
    error: { tag: 'invalid_input' },
  });
  expect(await api.call('insights.get', { projectId: '019a0000-0000-7000-8000-000000000000' })).toMatchObject(
    { ok: false, error: { tag: 'not_found' } },
  );
});

it('keeps how long ticks took hour by hour, and the last part of an hour when the host ends', async () => {
  const meter = createMeter();
  const scope = createScope('ticks');
  const clock = createManualClock();
  clock.advance(api.clock.now() - clock.now());
  const hours = createTickHours({ store: api.store, clock, meter, log: createSilentLog(), scope });
  for (let index = 0; index < 6; index += 1) {
    hours.attend();
    meter.record('tick', 2 + index);
    if (index < 5) clock.advance(3_600_000);
  }
  await scope.close();
  api.clock.advance(6 * 3_600_000);
  const { charts } = await api.did('insights.get', { days: 7, measures: ['tick'] });
  expect(charts[0]?.basis).toEqual({ count: 6, noun: 'hour' });
  expect(charts[0]?.series[1]?.total).toBeCloseTo(7, 1);
});

it('tells how full each window was on each day, leaves a day without use empty, and keeps a hundred days', async () => {
  inBerlin();
  api.store.write((write) =>
    fillInsights(write, { from: at('2026-03-22T00:00:00.000Z'), to: api.clock.now(), runs: 30 }),
  );
  const { id } = await api.did('account.add', { executor: 'shell', label: 'pro-2' });
  const quota = async (projectId?: string) =>
    (await api.did('insights.get', { days: 7, measures: ['quota'], ...(projectId ? { projectId } : {}) }))
      .charts[0];
  // No window has a size so far: tokens are what is known.
  expect((await quota())?.unit).toBe('tokens');
  const note = (used: number | null, startsAt: string): void => {
    api.store.write((write) => {
      recordWindowHours(write, id, [{ name: 'five_hour', source: 'told', used, startsAt, endsAt: null }]);
    });
  };
  note(0.2, '2026-03-30T09:00:00.000Z');
  note(0.6, '2026-03-30T09:00:00.000Z');
  note(null, '2026-03-30T09:00:00.000Z');
  api.clock.advance(2 * 86_400_000);
  note(1.3, '2026-04-01T09:00:00.000Z');
  const chart = await quota();
  expect(chart).toMatchObject({ unit: 'share', series: [{ name: 'pro-2 5 h', total: 1 }] });
  expect(chart?.points.slice(-3).map(({ values }) => values[0])).toEqual([0.6, null, 1]);
  const [project] = (await api.did('project.list', {})).map(({ id: projectId }) => projectId);
  expect((await quota(project))?.unit).toBe('tokens');
  api.clock.advance(101 * 86_400_000);
  note(0.1, '2026-07-11T09:00:00.000Z');
  expect(
    api.store.read((read) => read.prepare('SELECT COUNT(*) AS left FROM account_window_hour').get()),
  ).toEqual({ left: 1 });
});
