import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNoticeBench, type NoticeBench } from './testing/notice-bench.ts';

const HOUR_MS = 3_600_000;
let bench: NoticeBench;
beforeEach(async () => {
  bench = await createNoticeBench();
  await bench.set('notify.zone', 'UTC');
});
afterEach(() => bench.dispose());

const titles = (): string[] => bench.first.titles();
const heldBack = async (): Promise<string[]> =>
  (await bench.api.did('notification.list', { outcome: 'suppressed' })).map(
    ({ title, outcomes }) => `${title}: ${outcomes[0]?.detail ?? ''}`,
  );
const ideas = async (count: number, from = 1): Promise<void> => {
  for (let n = from; n < from + count; n += 1) await bench.idea(`Idea ${String(n)}`);
};

describe('telling the owner', () => {
  it('tells an item once for as long as it waits, also after a restart', async () => {
    await ideas(2);
    await bench.settle();
    await bench.restart();
    await bench.api.did('flag.set', { key: 'budget.steps', value: '9' });
    await bench.settle();
    expect(titles()).toEqual(['New idea: Idea 1', 'New idea: Idea 2']);
  });

  it('tells it again when it comes back as something else', async () => {
    const id = await bench.idea();
    await bench.settle();
    bench.first.press('Skip');
    await bench.settle();
    const { proposal } = await bench.api.did('proposal.get', { id });
    await bench.api.did('proposal.decide', { id, version: proposal.version, action: 'restore' });
    await bench.settle();
    expect(titles()).toEqual(['New idea: Cache the index', 'New idea: Cache the index']);
  });

  it('tells what came while Homer was not running, together when it is much', async () => {
    await bench.set('notify.enabled', 'off');
    await bench.settle();
    await bench.set('notify.enabled', 'on');
    await ideas(5);
    await bench.restart();
    expect(titles()).toEqual(['5 new ideas']);
    expect(bench.first.shown[0]?.notice.body).toContain('P-1  Idea 1');
    bench.first.shown[0]?.heard({ kind: 'opened', by: 'electron' });
    expect(bench.opened).toEqual(['quick']);
  });

  it('takes a summary back once nothing of it waits', async () => {
    await ideas(4);
    await bench.settle();
    const { items } = await bench.api.did('inbox.list', {});
    for (const { entityId: id, version } of items) {
      expect(bench.first.shown[0]?.closed).toBe(false);
      await bench.api.did('proposal.decide', { id, version, action: 'skip' });
    }
    expect(bench.first.shown[0]?.closed).toBe(true);
  });

  it('never tells a kind that is off, and tells a silent one without a sound', async () => {
    await bench.set('notify.idea', 'off');
    await bench.idea('Off');
    await bench.settle();
    await bench.set('notify.idea', 'silent');
    await bench.idea('Silent');
    await bench.settle();
    expect(bench.first.shown.map(({ notice }) => [notice.title, notice.urgency])).toEqual([
      ['New idea: Silent', 'low'],
    ]);
    expect(await heldBack()).toEqual(['New idea: Off: This kind is off.']);
  });

  it('keeps what is urgent until it is dealt with', async () => {
    await bench.set('notify.idea', 'urgent');
    await bench.idea();
    await bench.settle();
    expect(bench.first.shown[0]?.notice.urgency).toBe('critical');
  });
});

describe('quiet', () => {
  it('holds back what comes in quiet hours, says so, and tells it when they end', async () => {
    // The bench begins at midnight.
    await bench.set('notify.quiet_hours', '22:00-07:00');
    await ideas(2);
    await bench.settle();
    expect(titles()).toEqual([]);
    expect(await heldBack()).toEqual([
      'New idea: Idea 2: quiet hours until 07:00',
      'New idea: Idea 1: quiet hours until 07:00',
    ]);
    expect(await bench.centre.support()).toMatchObject({
      held: 2,
      quiet: { why: 'quiet hours until 07:00', until: '2026-01-01T07:00:00.000Z' },
      quietHours: { from: '22:00', to: '07:00' },
      zone: 'UTC',
    });
    for (let hour = 0; hour < 6; hour += 1) await bench.settle(HOUR_MS);
    expect(titles()).toEqual([]);
    await bench.restart();
    for (let step = 0; step < 7; step += 1) await bench.settle(HOUR_MS / 6);
    expect(titles()).toEqual(['2 new ideas']);
  });

  it('does not tell afterwards what was decided meanwhile', async () => {
    await bench.set('notify.quiet_until', 'on');
    const id = await bench.idea();
    await bench.settle();
    await bench.api.did('proposal.decide', { id, version: 1, action: 'skip' });
    await bench.api.did('notification.quiet', { until: null });
    await bench.settle();
    expect(titles()).toEqual([]);
  });

  it('lets an urgent kind through when set so', async () => {
    await bench.api.did('notification.quiet', { until: 'on' });
    await bench.set('notify.idea', 'urgent');
    await bench.idea('Held');
    await bench.settle();
    expect(titles()).toEqual([]);
    await bench.set('notify.quiet_passes', 'urgent');
    await bench.settle();
    expect(titles()).toEqual(['New idea: Held']);
  });

  it("follows the desktop's own do not disturb", async () => {
    bench.first.quiet = true;
    await bench.idea();
    await bench.settle();
    expect(titles()).toEqual([]);
    bench.first.quiet = false;
    await bench.settle(61_000);
    expect(titles()).toEqual(['New idea: Cache the index']);
  });

  it('says the date of a time that is more than a day away', async () => {
    await bench.api.did('notification.quiet', { until: '2026-01-01T09:00:00.000Z' });
    expect((await bench.centre.support()).quiet?.why).toBe('do not disturb until 09:00');
    await bench.api.did('notification.quiet', { until: '2026-01-03T09:00:00.000Z' });
    expect((await bench.centre.support()).quiet?.why).toBe('do not disturb until 2026-01-03 09:00');
  });

  it('refuses a time that has passed', async () => {
    expect(await bench.api.call('notification.quiet', { until: '2025-01-01T00:00:00.000Z' })).toMatchObject({
      ok: false,
      error: { tag: 'invalid_input' },
    });
  });

  it.each([
    ['notify.quiet_hours', '25:00-07:00'],
    ['notify.quiet_hours', '07:00-07:00'],
    ['notify.quiet_hours', '22:00-'],
    ['notify.zone', 'Mars/Olympus'],
    ['notify.digest_at', '8'],
    ['notify.idea', 'loud'],
    ['notify.quiet_until', 'tomorrow'],
  ])('refuses %s = %s', async (key, value) => {
    expect(await bench.api.call('flag.set', { key, value })).toMatchObject({
      ok: false,
      error: { tag: 'invalid_input' },
    });
  });
});

describe('a flood', () => {
  it('shows no more than the limit, the rest as one summary', async () => {
    await bench.set('notify.most', '3');
    for (let n = 1; n <= 8; n += 1) {
      await ideas(1, n);
      await bench.settle();
    }
    expect(titles()).toEqual(['New idea: Idea 1', 'New idea: Idea 2', 'New idea: Idea 3']);
    expect(await heldBack()).toHaveLength(5);
    await bench.settle(600_000);
    expect(titles().slice(3)).toEqual(['5 new ideas']);
  });
});

describe('the daily digest', () => {
  it('comes once a day at its time, also after a restart', async () => {
    await bench.set('notify.digest_at', '08:30');
    await ideas(2);
    await bench.settle();
    for (let step = 0; step < 51; step += 1) await bench.settle(HOUR_MS / 6);
    const digest = 'Today: 2 things wait for you';
    expect(titles().filter((title) => title === digest)).toHaveLength(1);
    expect(bench.first.shown.at(-1)?.notice.body).toBe('2 ideas\nIn the last day 0 runs done, 0 failed.');
    await bench.restart();
    for (let step = 0; step < 60; step += 1) await bench.settle(HOUR_MS / 6);
    expect(titles().filter((title) => title === digest)).toHaveLength(1);
    for (let step = 0; step < 90; step += 1) await bench.settle(HOUR_MS / 6);
    expect(titles().filter((title) => title === digest)).toHaveLength(2);
  });
});
