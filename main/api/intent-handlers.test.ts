import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf } from '../../preload/contract/operations.ts';
import { addProject } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
let projectId: string;
beforeEach(async () => {
  api = await createTestApi();
  projectId = api.store.write((write) => addProject(write));
});
afterEach(() => api.dispose());

type Trigger = InputOf<'intent.create'>['trigger'];
const nightly: Trigger = { type: 'cron', expression: '0 1 * * *', zone: 'Europe/Berlin' };
const create = (trigger: Trigger = nightly, more: Partial<InputOf<'intent.create'>> = {}) =>
  api.did('intent.create', { projectId, query: 'Tidy up', name: 'Nightly', trigger, ...more });

describe('a new intent', () => {
  it('is shown in words, with its next five times in its zone and in UTC', async () => {
    const { schedule, intent, possible } = await create();
    expect(schedule).toMatchObject({ words: 'At 01:00', zone: 'Europe/Berlin' });
    expect(schedule.next).toHaveLength(5);
    expect(schedule.next[0]).toEqual({
      at: '2026-01-02T00:00:00.000Z',
      local: 'Fri, 2 Jan 2026, 01:00 CET',
      movedFrom: null,
    });
    expect([intent.status, intent.nextDueAt]).toEqual(['scheduled', '2026-01-02T00:00:00.000Z']);
    expect(possible).toEqual(['edit', 'disable', 'run_now', 'cancel', 'delete']);
  });

  it('with the trigger `immediate` has its run with it', async () => {
    const { runs, intent } = await create({ type: 'immediate' });
    expect([runs.map((run) => run.status), intent.status]).toEqual([['queued'], 'running']);
  });

  it('of a run asked for at once has the model that was named', async () => {
    const { run } = await api.did('run.create', {
      projectId,
      query: 'Mend it',
      executor: 'claude',
      model: 'small',
    });
    expect((await api.did('intent.get', { id: run.intentId })).intent.model).toBe('small');
  });

  it('by hand waits for a hand, runs again and again, one run at a time', async () => {
    const { intent } = await create({ type: 'manual' });
    expect(intent).toMatchObject({ status: 'pending', nextDueAt: null });
    const { activeRun } = await api.did('intent.runNow', { id: intent.id });
    expect(activeRun?.status).toBe('queued');
    expect(await api.call('intent.runNow', { id: intent.id })).toMatchObject({
      ok: false,
      error: { tag: 'intent_busy', message: expect.stringContaining('#1') },
    });
  });

  it.each<[string, Trigger, RegExp]>([
    [
      'a cron expression with four fields',
      { type: 'cron', expression: '0 1 * *', zone: null },
      /five fields/u,
    ],
    [
      'a minute that is none',
      { type: 'cron', expression: '99 1 * * *', zone: null },
      /cannot be read: Invalid value for minute: 99\.$/u,
    ],
    ['a zone that is none', { type: 'cron', expression: '0 1 * * *', zone: 'Mars/Base' }, /Mars\/Base/u],
    ['a day that never comes', { type: 'cron', expression: '0 0 30 2 *', zone: 'UTC' }, /never comes/u],
    ['a year that is past', { type: 'cron', expression: '0 0 0 1 1 * 2020', zone: 'UTC' }, /never comes/u],
    [
      'a date in place of an expression',
      { type: 'cron', expression: '2027-01-01T00:00:00', zone: null },
      /five fields/u,
    ],
    ['a time that is past', { type: 'once', at: '2025-12-31T23:59:59.000Z' }, /past/u],
    ['an event that has no name', { type: 'event', event: 'no name' }, /no name of an event/u],
    ['an outcome that is none', { type: 'event', event: 'intent:x:completed' }, /no name of an event/u],
    ['paths of a named event', { type: 'event', event: 'built', paths: ['src/**'] }, /Only the move/u],
  ])('is refused for %s, saying what to write', async (_what, trigger, message) => {
    const reply = await api.call('intent.create', { projectId, query: 'x', trigger });
    expect(reply).toMatchObject({
      ok: false,
      error: { tag: 'invalid_trigger', message: expect.stringMatching(message), hint: expect.any(String) },
    });
    const preview = await api.did('schedule.preview', { trigger });
    expect(preview).toMatchObject({
      valid: false,
      schedule: null,
      error: { message: expect.stringMatching(message) },
    });
  });
});

describe('a preview', () => {
  it('names the intent that is waited for', async () => {
    const { intent } = await create(nightly, { name: 'Look after the tests' });
    const preview = await api.did('schedule.preview', {
      trigger: { type: 'event', event: `intent:${intent.id}:completed` },
    });
    expect(preview.schedule?.words).toBe('When a run of “Look after the tests” is completed');
  });
});

describe('an intent', () => {
  it('keeps what was given: budget, policy, priority, executor', async () => {
    const { intent } = await create(nightly, {
      budget: { steps: 3, tokens: 1_000 },
      misfirePolicy: 'run_all',
      misfireCap: 4,
      misfireMaxAgeMs: 60_000,
      priority: 90,
      model: 'small',
      retryPolicy: { count: 2 },
    });
    expect(intent).toMatchObject({
      misfirePolicy: 'run_all',
      misfireCap: 4,
      misfireMaxAgeMs: 60_000,
      priority: 90,
      model: 'small',
      retryPolicy: { count: 2, factor: 2 },
      execution: { budget: { steps: 3, tokens: 1_000, durationMs: 1_200_000 } },
    });
  });

  it('gets a new due time with a new trigger, and refuses a stale edit', async () => {
    const { intent } = await create();
    const edited = await api.did('intent.edit', {
      id: intent.id,
      version: intent.version,
      fields: { trigger: { type: 'interval', everyMs: 3_600_000 }, name: 'Hourly' },
    });
    expect(edited.intent).toMatchObject({
      name: 'Hourly',
      nextDueAt: '2026-01-01T01:00:00.000Z',
      query: 'Tidy up',
    });
    expect(edited.schedule.words).toBe('Every 1 h');
    expect(
      await api.call('intent.edit', { id: intent.id, version: intent.version, fields: { priority: 1 } }),
    ).toMatchObject({ ok: false, error: { tag: 'stale_version' } });
  });

  it('keeps its beat when what else is edited', async () => {
    const { intent } = await create({ type: 'interval', everyMs: 3_600_000 });
    api.clock.advance(600_000);
    const { intent: after } = await api.did('intent.edit', {
      id: intent.id,
      version: intent.version,
      fields: { trigger: { type: 'interval', everyMs: 3_600_000 }, priority: 70 },
    });
    expect(after.nextDueAt).toBe(intent.nextDueAt);
  });

  it('does not fire while it is off, and misses nothing by that', async () => {
    const { intent } = await create();
    const off = await api.did('intent.disable', { id: intent.id });
    expect(off.intent).toMatchObject({ enabled: false, nextDueAt: null });
    expect(off.schedule.next).toEqual([]);
    api.clock.advance(3 * 86_400_000);
    const on = await api.did('intent.enable', { id: intent.id });
    expect([on.intent.nextDueAt, on.missedCount]).toEqual(['2026-01-05T00:00:00.000Z', 0]);
  });

  it('is ended for good by cancel, and its waiting run with it, unless that is at work', async () => {
    const { intent } = await create();
    const cancelled = await api.did('intent.cancel', { id: intent.id });
    expect([cancelled.intent.status, cancelled.possible]).toEqual(['cancelled', ['delete']]);
    expect(await api.call('intent.enable', { id: intent.id })).toMatchObject({
      ok: false,
      error: { tag: 'intent_ended' },
    });
    const other = await create({ type: 'manual' });
    await api.did('intent.runNow', { id: other.intent.id });
    api.store.write((write) => write.prepare(`UPDATE run SET status = 'running'`).run());
    expect(await api.call('intent.cancel', { id: other.intent.id })).toMatchObject({
      ok: false,
      error: { tag: 'intent_busy' },
    });
  });

  it('is removed only when it never had a run', async () => {
    const { intent } = await create();
    await api.did('intent.delete', { id: intent.id });
    expect((await api.did('intent.list', {})).count).toBe(0);
    const ran = await create({ type: 'immediate' });
    expect(await api.call('intent.delete', { id: ran.intent.id })).toMatchObject({
      ok: false,
      error: { tag: 'intent_has_runs' },
    });
  });
});

describe('the list', () => {
  it('has what is due next first, then what waits otherwise, and pages over both', async () => {
    const late = await create({ type: 'once', at: '2026-03-01T00:00:00.000Z' });
    const hand = await create({ type: 'manual' });
    const soon = await create({ type: 'interval', everyMs: 1_000 });
    const now = await create({ type: 'immediate' });
    const ids = async (input: InputOf<'intent.list'>) =>
      (await api.did('intent.list', input)).rows.map((row) => row.id);
    expect(await ids({})).toEqual([soon, late, hand].map(({ intent }) => intent.id));
    expect(await ids({ all: true })).toEqual([soon, late, now, hand].map(({ intent }) => intent.id));
    expect([
      ...(await ids({ limit: 1 })),
      ...(await ids({ offset: 1, limit: 1 })),
      ...(await ids({ offset: 2 })),
    ]).toEqual(await ids({}));
    expect(await ids({ trigger: 'manual' })).toEqual([hand.intent.id]);
  });

  it('shows the run at work and how the last one ended', async () => {
    const { intent } = await create({ type: 'manual' });
    await api.did('intent.runNow', { id: intent.id });
    const [row] = (await api.did('intent.list', {})).rows;
    expect(row).toMatchObject({
      activeRun: { number: 1, status: 'queued' },
      lastRun: null,
      words: 'Only by hand',
    });
  });
});
