import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFlag } from '../store/flag-store.ts';
import { recordWindowHours } from '../store/account-window-hour-store.ts';
import { recordMissed } from '../store/missed-time-store.ts';
import { addProject } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
let projectId: string;
beforeEach(async () => {
  api = await createTestApi();
  // The Monday of the week in which clocks in Berlin go forward.
  api.clock.advance(Date.parse('2026-03-23T09:00:00.000Z') - api.clock.now());
  projectId = api.store.write((write) => {
    writeFlag(write, 'cost.zone', 'Europe/Berlin', 'owner');
    return addProject(write);
  });
});
afterEach(() => api.dispose());

const create = async (name: string, trigger: object): Promise<string> =>
  (
    await api.did('intent.create', {
      projectId,
      name,
      query: 'Look at it.',
      trigger: trigger as { type: 'manual' },
    })
  ).intent.id;
const week = () => api.did('schedule.range', { date: '2026-03-23', days: 7 });

it('tells the days of the owner, and each time that is to come on them', async () => {
  await create('Nightly', { type: 'cron', expression: '30 2 * * *', zone: 'Europe/Berlin' });
  await create('By hand', { type: 'manual' });
  const range = await week();
  expect([range.zone, range.today]).toEqual(['Europe/Berlin', '2026-03-23']);
  expect(range.days[6]).toEqual({
    date: '2026-03-29',
    from: '2026-03-28T23:00:00.000Z',
    to: '2026-03-29T22:00:00.000Z',
  });
  expect(range.intents.map(({ name }) => name)).toEqual(['Nightly']);
  // From now on: the one of Monday is past; on Sunday, 02:30 does not exist, and it comes when clocks have gone forward.
  expect(range.intents[0]?.planned.map(({ at }) => at)).toEqual([
    '2026-03-24T01:30:00.000Z',
    '2026-03-25T01:30:00.000Z',
    '2026-03-26T01:30:00.000Z',
    '2026-03-27T01:30:00.000Z',
    '2026-03-28T01:30:00.000Z',
    '2026-03-29T01:00:00.000Z',
  ]);
});

it('ends a list that would be too long, and says so', async () => {
  await create('Each minute', { type: 'cron', expression: '* * * * *', zone: null });
  const [intent] = (await week()).intents;
  expect([intent?.planned.length, intent?.more]).toEqual([200, true]);
  expect((await api.did('schedule.range', { date: '2026-03-22', days: 1 })).intents).toEqual([]);
});

it('tells what ran and how long that takes, and what was missed and why', async () => {
  const id = await create('Nightly', { type: 'interval', everyMs: 86_400_000 });
  const { activeRun } = await api.did('intent.runNow', { id });
  api.store.write((write) => {
    write
      .prepare(
        `UPDATE run SET status = 'completed', started_at = '2026-03-23T08:00:00.000Z', ended_at = '2026-03-23T08:30:00.000Z', active_ms = 900000
         WHERE id = ?`,
      )
      .run(activeRun?.id ?? '');
    recordMissed(write, id, [
      { nominalAt: '2026-03-23T01:00:00.000Z', outcome: 'skipped', reason: 'The machine was asleep.' },
    ]);
  });
  const [intent] = (await week()).intents;
  expect(intent?.runs).toMatchObject([{ status: 'completed', activeMs: 900_000 }]);
  expect(intent?.likelyMs).toBe(900_000);
  expect(intent?.missed).toMatchObject([{ outcome: 'skipped', reason: 'The machine was asleep.' }]);
  expect((await api.did('intent.list', {})).rows[0]?.history).toMatchObject([
    { status: 'completed', activeMs: 900_000 },
  ]);
});

it('tells until when an account can take no turn', async () => {
  const account = await api.did('account.add', { executor: 'shell', label: 'max-1' });
  api.store.write((write) => {
    write
      .prepare(
        `UPDATE executor_account SET status = 'rate_limited', cooldown_until = '2026-03-23T11:00:00.000Z' WHERE id = ?`,
      )
      .run(account.id);
  });
  expect((await week()).accounts[0]?.exhausted).toMatchObject([
    { from: '2026-03-23T09:00:00.000Z', to: '2026-03-23T11:00:00.000Z' },
  ]);
});

it('tells the windows of accounts on these days, and when one was full', async () => {
  const { id } = await api.did('account.add', { executor: 'shell', label: 'max-1' });
  const window = { name: 'five_hour', source: 'told' as const };
  const note = (used: number, startsAt: string, endsAt: string): void => {
    api.store.write((write) => {
      recordWindowHours(write, id, [{ ...window, used, startsAt, endsAt }]);
    });
  };
  const first = { startsAt: '2026-03-23T08:30:00.000Z', endsAt: '2026-03-23T13:30:00.000Z' };
  note(0.4, first.startsAt, first.endsAt);
  api.clock.advance(2 * 3_600_000);
  // Told again, a moment off: the same window.
  note(1, '2026-03-23T08:30:05.000Z', '2026-03-23T13:30:05.000Z');
  api.clock.advance(5 * 3_600_000);
  note(0.1, '2026-03-23T15:50:00.000Z', '2026-03-23T20:50:00.000Z');
  const [account] = (await week()).accounts;
  expect(account?.windows).toEqual([
    { name: '5 h', from: first.startsAt, to: first.endsAt, used: 1 },
    { name: '5 h', from: '2026-03-23T15:50:00.000Z', to: '2026-03-23T20:50:00.000Z', used: 0.1 },
  ]);
  expect(account?.exhausted).toEqual([
    { from: '2026-03-23T11:00:00.000Z', to: first.endsAt, why: 'Its window 5 h was full.' },
  ]);
  const before = await api.did('schedule.range', { date: '2026-03-21', days: 1 });
  expect(before.accounts[0]).toMatchObject({ windows: [], exhausted: [] });
});

it('tells about when a run that waits starts, on the day it does', async () => {
  const id = await create('Nightly', { type: 'interval', everyMs: 86_400_000 });
  const { activeRun } = await api.did('intent.runNow', { id });
  api.store.write((write) => {
    write
      .prepare(`UPDATE run SET status = 'queued', not_before = '2026-03-24T15:00:00.000Z' WHERE id = ?`)
      .run(activeRun?.id ?? '');
  });
  expect((await week()).waiting).toMatchObject([
    { number: activeRun?.number, startsAbout: '2026-03-24T15:00:00.000Z', accountId: null },
  ]);
  expect((await api.did('schedule.range', { date: '2026-03-25', days: 1 })).waiting).toEqual([]);
});

it('refuses a day that is none, and a project that is not there', async () => {
  for (const input of [{ date: '2026-13-01' }, { days: 40 }])
    expect(await api.call('schedule.range', input)).toMatchObject({
      ok: false,
      error: { tag: 'invalid_input' },
    });
  const projectId = '019a0000-0000-7000-8000-000000000000';
  expect(await api.call('schedule.range', { projectId })).toMatchObject({
    ok: false,
    error: { tag: 'not_found' },
  });
});
