import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFlag } from '../store/flag-store.ts';
import { fillInsights } from '../store/testing/fill-insights.ts';
import { addProject, addProposal, addRun } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

const at = (iso: string): number => Date.parse(iso);
function inBerlin(now: string): void {
  api.clock.advance(at(now) - api.clock.now());
  api.store.write((write) => {
    writeFlag(write, 'cost.zone', 'Europe/Berlin', 'owner');
  });
}

it('goes from one morning of the owner to the next, also over a night of 23 hours', async () => {
  inBerlin('2026-03-29T08:00:00.000Z');
  api.store.write((write) =>
    fillInsights(write, {
      from: at('2026-03-28T06:00:00.000Z'),
      to: at('2026-03-29T08:00:00.000Z'),
      runs: 26,
    }),
  );
  const list = await api.did('briefing.list', {});
  expect(list).toMatchObject({ zone: 'Europe/Berlin', morning: '07:00', nextAt: '2026-03-30T05:00:00.000Z' });
  expect(list.briefings.map(({ day, open, runs }) => [day, open, runs])).toEqual([
    ['2026-03-30', true, 3],
    ['2026-03-29', false, 23],
  ]);
  const briefing = await api.did('briefing.get', { day: 'newest' });
  expect(briefing).toMatchObject({
    day: '2026-03-29',
    from: '2026-03-28T06:00:00.000Z',
    to: '2026-03-29T05:00:00.000Z',
    open: false,
  });
  const { applied, completed, failed, given_up: givenUp } = briefing.figures;
  expect(applied + completed + failed + givenUp).toBe(23);
  expect(briefing.happened).toHaveLength(applied + completed + givenUp);
  expect(briefing.wrong.filter(({ kind }) => kind === 'run')).toHaveLength(failed);
  expect(briefing.spend.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)).toBe(
    briefing.figures.costMicroUsd,
  );
  expect(briefing.story.join(' ')).toMatch(/Agents worked for .* were applied/u);
});

it('begins the morning with the digest, and says of a quiet night that it was quiet', async () => {
  inBerlin('2026-06-10T08:00:00.000Z');
  api.store.write((write) => {
    writeFlag(write, 'notify.digest_at', '09:30', 'owner');
  });
  const briefing = await api.did('briefing.get', { day: '2026-06-10' });
  expect(briefing).toMatchObject({ from: '2026-06-09T07:30:00.000Z', to: '2026-06-10T07:30:00.000Z' });
  expect(briefing.story).toEqual(['A quiet night: nothing ran, and nothing new was found.']);
  expect(await api.call('briefing.get', { day: '2026-06-12' })).toMatchObject({
    ok: false,
    error: { tag: 'not_found' },
  });
});

it('tells what failed, why and for how long already, what was found, and what waits', async () => {
  inBerlin('2026-06-10T08:00:00.000Z');
  const runId = api.store.write((write) => {
    const projectId = addProject(write, 'parser');
    const first = addRun(write, projectId, { name: 'Log rotation' });
    write
      .prepare(
        `UPDATE run SET status = 'failed', ended_at = '2026-06-08T01:00:00.000Z', error = '2 tests fail.' WHERE id = ?`,
      )
      .run(first);
    const { intent_id: intentId } = write.prepare('SELECT intent_id FROM run WHERE id = ?').get(first) ?? {};
    const second = addRun(write, projectId, { name: 'Log rotation' });
    write
      .prepare(
        `UPDATE run SET intent_id = ?, attempt = 2, status = 'failed', ended_at = '2026-06-10T01:00:00.000Z', error = '3 tests fail.' WHERE id = ?`,
      )
      .run(String(intentId), second);
    const found = addProposal(write, { source: 'todo', projectId, title: 'Cache the index' });
    write.prepare(`UPDATE proposal SET created_at = '2026-06-10T02:00:00.000Z' WHERE id = ?`).run(found);
    return second;
  });
  const briefing = await api.did('briefing.get', { day: 'newest' });
  expect(briefing.wrong).toEqual([
    expect.objectContaining({
      kind: 'run',
      id: runId,
      title: 'Log rotation',
      why: '3 tests fail.',
      inARow: 2,
    }),
  ]);
  expect(briefing.found.map(({ title }) => title)).toEqual(['Cache the index']);
  expect(briefing.decide?.items.map(({ kind }) => kind).sort()).toContain('idea');
  // An earlier one does not say that what waits now waited then.
  expect(await api.did('briefing.get', { day: '2026-06-08' })).toMatchObject({ decide: null, next: null });
});

it('keeps the words of a briefing that was read, and takes the mark back', async () => {
  inBerlin('2026-06-10T08:00:00.000Z');
  const { readAt } = await api.did('briefing.read', { day: '2026-06-10' });
  expect(readAt).toBe('2026-06-10T08:00:00.000Z');
  expect((await api.did('briefing.get', { day: '2026-06-10' })).readAt).toBe(readAt);
  const kept = api.store.read((read) => read.prepare('SELECT date, markdown FROM briefing').all());
  expect(kept).toEqual([
    { date: '2026-06-10', markdown: expect.stringContaining('# Briefing of 2026-06-10') as string },
  ]);
  await api.did('briefing.read', { day: '2026-06-10', read: false });
  expect((await api.did('briefing.get', { day: '2026-06-10' })).readAt).toBeNull();
});
