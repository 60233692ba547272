import { afterEach, beforeEach, expect, it } from 'vitest';
import { fireDue } from '../runtime/fire-due.ts';
import { createSilentLog } from '../shared/log.ts';
import { endRun } from '../store/end-run.ts';
import { writeFlag } from '../store/flag-store.ts';
import { addProject } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

const HOUR = 3_600_000;
const nightly = { type: 'cron', expression: '0 1 * * *', zone: 'UTC' };

let api: TestApi;
let projectId: string;
beforeEach(async () => {
  api = await createTestApi();
  api.clock.advance(Date.parse('2026-03-23T09:00:00.000Z') - api.clock.now());
  projectId = api.store.write((write) => {
    writeFlag(write, 'cost.zone', 'UTC', 'owner');
    return addProject(write);
  });
});
afterEach(() => api.dispose());

const create = async (trigger: object): Promise<string> =>
  (await api.did('intent.create', { projectId, query: 'Look.', trigger: trigger as { type: 'manual' } }))
    .intent.id;
const next = async (id: string): Promise<string[]> =>
  (await api.did('intent.get', { id })).schedule.next.map(({ at }) => at.slice(5, 16));
const move = (id: string, from: string, to: string) =>
  api.call('intent.moveTime', { id, from: `2026-${from}:00.000Z`, to: `2026-${to}:00.000Z` });

/** Lets an hour after the other pass; gives the times that had a run. */
async function pass(id: string, hours: number): Promise<string[]> {
  for (let left = hours; left > 0; left -= 0.25) {
    api.clock.advance(HOUR / 4);
    fireDue(api.store, api.clock, createSilentLog());
    api.store.write((write) => {
      for (const row of write.prepare('SELECT id FROM run WHERE ended_at IS NULL').all())
        endRun(write, String(row['id']), 'stop', 'owner');
    });
  }
  const rows = api.store.read((read) =>
    read.prepare('SELECT nominal_at FROM run WHERE intent_id = ? ORDER BY number').all(id),
  );
  return rows.map((row) => String(row['nominal_at']).slice(5, 16));
}

it.each([
  ['later', '03-24T03:15'],
  ['earlier', '03-23T22:30'],
])('moves one time of a nightly intent %s, and those after it stay', async (_, to) => {
  const id = await create(nightly);
  expect((await move(id, '03-24T01:00', to)).ok).toBe(true);
  expect(await next(id)).toEqual([to, '03-25T01:00', '03-26T01:00', '03-27T01:00', '03-28T01:00']);
  const range = await api.did('schedule.range', { date: '2026-03-23', days: 3 });
  expect(range.intents[0]?.planned).toEqual([
    { at: `2026-${to}:00.000Z`, movedFrom: '2026-03-24T01:00:00.000Z' },
    { at: '2026-03-25T01:00:00.000Z', movedFrom: null },
  ]);
  expect(await pass(id, 48)).toEqual([to, '03-25T01:00']);
});

it.each([
  ['later', '03-23T13:45'],
  ['earlier', '03-23T11:15'],
])('keeps the beat of an interval when one of its times is moved %s', async (_, to) => {
  const id = await create({ type: 'interval', everyMs: 2 * HOUR });
  expect((await move(id, '03-23T13:00', to)).ok).toBe(true);
  expect((await next(id)).slice(0, 3)).toEqual(['03-23T11:00', to, '03-23T15:00']);
  expect(await pass(id, 8)).toEqual(['03-23T11:00', to, '03-23T15:00', '03-23T17:00']);
  // Two days on, the move is forgotten, and the beat is not.
  expect((await pass(id, 72)).at(-1)).toBe('03-26T17:00');
  expect(api.store.read((read) => read.prepare('SELECT COUNT(*) AS n FROM moved_time').get())).toEqual({
    n: 0,
  });
});

it('takes a move back, on the beat it had', async () => {
  const id = await create({ type: 'interval', everyMs: 2 * HOUR });
  await move(id, '03-23T11:00', '03-23T10:15');
  await move(id, '03-23T10:15', '03-23T11:00');
  expect((await next(id)).slice(0, 2)).toEqual(['03-23T11:00', '03-23T13:00']);
});

it('moves several times in a row by as much, all or none of them, and takes that back', async () => {
  const id = await create({ type: 'interval', everyMs: HOUR });
  const many = (from: string, through: string, to: string) =>
    api.call('intent.moveTime', {
      id,
      from: `2026-${from}:00.000Z`,
      through: `2026-${through}:00.000Z`,
      to: `2026-${to}:00.000Z`,
    });
  const tag = async (...times: [string, string, string]): Promise<string> => {
    const reply = await many(...times);
    return reply.ok ? '' : reply.error.tag;
  };
  expect(await tag('03-23T11:00', '03-23T13:00', '03-23T11:45')).toBe('');
  expect(await next(id)).toEqual(['03-23T10:00', '03-23T11:45', '03-23T12:45', '03-23T13:45', '03-23T14:00']);
  // The last of them would stand on the one after it; the first is not one; a time between two is not one.
  expect(await tag('03-23T11:45', '03-23T13:45', '03-23T12:00')).toBe('time_taken');
  expect(await tag('03-23T11:00', '03-23T13:45', '03-23T10:30')).toBe('time_not_planned');
  expect(await tag('03-23T11:45', '03-23T11:15', '03-23T10:30')).toBe('time_not_planned');
  expect((await next(id))[1]).toBe('03-23T11:45');
  expect(await tag('03-23T11:45', '03-23T13:45', '03-23T11:00')).toBe('');
  expect(await next(id)).toEqual(['03-23T10:00', '03-23T11:00', '03-23T12:00', '03-23T13:00', '03-23T14:00']);
  expect(api.store.read((read) => read.prepare('SELECT COUNT(*) AS n FROM moved_time').get())).toEqual({
    n: 0,
  });
});

it('changes the trigger of an intent that comes once', async () => {
  const id = await create({ type: 'once', at: '2026-03-24T08:00:00.000Z' });
  await move(id, '03-24T08:00', '03-24T06:45');
  expect((await api.did('intent.get', { id })).intent.trigger).toEqual({
    type: 'once',
    at: '2026-03-24T06:45:00.000Z',
  });
  expect(await pass(id, 24)).toEqual(['03-24T06:45']);
});

it('says why a time cannot be moved: past, taken, or none of its times', async () => {
  const id = await create(nightly);
  const tag = async (from: string, to: string): Promise<string> => {
    const reply = await move(id, from, to);
    return reply.ok ? '' : reply.error.tag;
  };
  expect(await tag('03-24T01:00', '03-23T08:00')).toBe('time_past');
  expect(await tag('03-24T01:00', '03-25T01:00')).toBe('time_taken');
  expect(await tag('03-25T01:00', '03-24T00:45')).toBe('time_taken');
  expect(await tag('03-24T02:00', '03-24T03:00')).toBe('time_not_planned');
  await move(id, '03-24T01:00', '03-24T03:00');
  expect(await tag('03-24T01:00', '03-24T02:00')).toBe('time_not_planned');
  expect(await next(id)).toContain('03-24T03:00');
});

it('keeps a moved time of a calendar through a pause, and forgets it with the trigger it was of', async () => {
  const id = await create(nightly);
  await move(id, '03-24T01:00', '03-24T03:00');
  await api.did('intent.disable', { id });
  await api.did('intent.enable', { id });
  expect((await next(id))[0]).toBe('03-24T03:00');
  const { intent } = await api.did('intent.get', { id });
  await api.did('intent.edit', {
    id,
    version: intent.version,
    fields: { trigger: { type: 'cron', expression: '0 2 * * *', zone: 'UTC' } },
  });
  expect((await next(id))[0]).toBe('03-24T02:00');
});

it('fires neither the moved time nor where it was a second time when the clock is set back', async () => {
  const id = await create(nightly);
  await move(id, '03-24T01:00', '03-23T22:00');
  expect(await pass(id, 17)).toEqual(['03-23T22:00']);
  api.clock.jump(-5 * HOUR);
  expect(await pass(id, 24)).toEqual(['03-23T22:00']);
  expect(await pass(id, 4)).toEqual(['03-23T22:00', '03-25T01:00']);
});

it('tells a moved time that was missed as any other', async () => {
  const id = await create(nightly);
  await move(id, '03-24T01:00', '03-24T03:00');
  api.clock.jump(30 * HOUR);
  fireDue(api.store, api.clock, createSilentLog());
  const { missed } = await api.did('intent.get', { id });
  expect(missed.map(({ nominalAt, outcome }) => [nominalAt.slice(5, 16), outcome])).toEqual([
    ['03-24T03:00', 'run'],
  ]);
});
