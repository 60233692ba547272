import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GoalRow } from '../domain/goal/goal-row.ts';
import { STALE_AFTER_MS } from '../domain/goal/stale.ts';
import { insertGoal } from '../store/goal-store.ts';
import { endRun } from '../store/end-run.ts';
import { addProject, addProposal, addRun } from '../store/testing/test-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

const row = async (id: string): Promise<GoalRow> => (await api.did('goal.detail', { id })).row;
const failRate = { name: 'fail rate', unit: '%', start: 4, target: 0 };

it('moves by what is measured, up to the goals above it, and says why', async () => {
  const top = await api.did('goal.create', { title: 'Trust the suite' });
  const goal = await api.did('goal.create', {
    title: 'Fewer flaky tests',
    parentId: top.id,
    measure: failRate,
  });
  expect(await row(goal.id)).toMatchObject({ basis: 'nothing', reading: null, trend: [] });
  await api.did('goal.record', { id: goal.id, value: 3 });
  const { reading } = await api.did('goal.record', { id: goal.id, value: 1 });
  expect(await row(goal.id)).toMatchObject({
    basis: 'measure',
    progress: 75,
    trend: [3, 1],
    reading: { value: 1 },
    why: 'Measured: fail rate went from 4 to 1; the target is 0 %.',
  });
  expect(await row(top.id)).toMatchObject({
    progress: 75,
    basis: 'work',
    why: 'It is the mean of 1 sub-goal.',
  });
  await api.did('goal.takeBack', { id: goal.id, readingId: reading.id });
  expect([(await row(goal.id)).progress, (await row(top.id)).progress]).toEqual([25, 25]);
});

it('does not go beyond its target nor below its start, whichever is the larger', async () => {
  const goal = await api.did('goal.create', {
    title: 'More',
    measure: { ...failRate, start: 10, target: 20 },
  });
  for (const [value, progress] of [
    [15, 50],
    [40, 100],
    [5, 0],
  ] as const) {
    await api.did('goal.record', { id: goal.id, value });
    expect((await row(goal.id)).progress).toBe(progress);
  }
});

it('takes no reading without a measure, and no measure that leads nowhere', async () => {
  const goal = await api.did('goal.create', { title: 'Plain' });
  expect(await api.call('goal.record', { id: goal.id, value: 1 })).toMatchObject({
    ok: false,
    error: { tag: 'no_measure' },
  });
  expect(
    await api.call('goal.create', { title: 'Still', measure: { ...failRate, target: 4 } }),
  ).toMatchObject({ ok: false, error: { tag: 'invalid_input' } });
  expect((await api.did('goal.list', {})).map(({ title }) => title)).toEqual(['Plain']);
});

it('goes back to counting work when its measure is taken away', async () => {
  const goal = await api.did('goal.create', { title: 'Fewer', measure: failRate });
  await api.did('goal.record', { id: goal.id, value: 0 });
  const { version } = await row(goal.id);
  await api.did('goal.update', { id: goal.id, version, fields: { measure: null } });
  expect(await row(goal.id)).toMatchObject({ progress: 0, basis: 'nothing', measure: null });
});

it('counts the work of a proposal that is linked after it was done, and no more when it is unlinked', async () => {
  const goal = await api.did('goal.create', { title: 'Stream it' });
  const proposalId = api.store.write((write) => {
    const projectId = addProject(write);
    const proposal = addProposal(write, { projectId });
    const run = addRun(write, projectId, { sourceProposalId: proposal });
    for (const on of ['claim', 'end_turn'] as const) transitionRun(write, run, on, 'runtime');
    endRun(write, run, 'complete', 'runtime');
    return proposal;
  });
  const link = async (goalId: string | null): Promise<void> => {
    const { proposal } = await api.did('proposal.get', { id: proposalId });
    await api.did('proposal.update', { id: proposalId, version: proposal.version, fields: { goalId } });
  };
  await link(goal.id);
  const detail = await api.did('goal.detail', { id: goal.id });
  expect(detail.row).toMatchObject({
    progress: 100,
    why: '1 of 1 piece of work done.',
    proposals: { all: 1, done: 1 },
  });
  expect(detail.work.proposals[0]).toMatchObject({ id: proposalId, run: { status: 'completed' } });
  await link(null);
  expect(await row(goal.id)).toMatchObject({ progress: 0, proposals: { all: 0, done: 0 } });
});

it('is stale after three weeks without movement, and fresh again when something below it moves', async () => {
  const top = await api.did('goal.create', { title: 'Top' });
  const child = await api.did('goal.create', { title: 'Child', parentId: top.id, measure: failRate });
  api.clock.advance(STALE_AFTER_MS);
  expect([(await row(top.id)).stale, (await row(child.id)).stale]).toEqual([true, true]);
  await api.did('goal.record', { id: child.id, value: 2 });
  expect([(await row(top.id)).stale, (await row(child.id)).stale]).toEqual([false, false]);
});

it('is removed only without sub-goals, and leaves what was linked to it', async () => {
  const top = await api.did('goal.create', { title: 'Top' });
  const child = await api.did('goal.create', { title: 'Child', parentId: top.id });
  expect(await api.call('goal.remove', { id: top.id, version: top.version })).toMatchObject({
    ok: false,
    error: { tag: 'goal_has_children' },
  });
  const proposal = api.store.write((write) => addProposal(write, { goalId: child.id }));
  await api.did('goal.remove', { id: child.id, version: child.version });
  expect((await api.did('proposal.get', { id: proposal })).proposal.goalId).toBeNull();
  expect((await api.did('goal.tree', {})).map(({ id }) => id)).toEqual([top.id]);
});

it('reads a thousand goals with their work in one go, by indexes alone', async () => {
  api.store.write((write) => {
    const fields = { description: '', category: '', priority: 50, targetDate: null };
    const tops = Array.from({ length: 100 }, (_, index) =>
      insertGoal(write, { ...fields, title: `Top ${String(index)}`, parentId: null }, 'tester'),
    );
    for (let index = 0; index < 900; index += 1) {
      const parentId = tops[index % tops.length]?.id ?? null;
      const goal = insertGoal(write, { ...fields, title: `Goal ${String(index)}`, parentId }, 'tester');
      if (index % 3 === 0) addProposal(write, { goalId: goal.id });
    }
  });
  const began = performance.now();
  const tree = await api.did('goal.tree', {});
  const spent = performance.now() - began;
  expect(tree).toHaveLength(1_000);
  expect(tree.reduce((sum, { proposals }) => sum + proposals.all, 0)).toBe(300);
  // 20 ms on a quiet machine; a query for each goal would take a second.
  expect(spent).toBeLessThan(500);
});

it('stands in tree order: what moves first, then what is stale, then what is over, each below its parent', async () => {
  const add = async (title: string, parentId?: string): Promise<string> =>
    (await api.did('goal.create', { title, ...(parentId ? { parentId } : {}) })).id;
  const old = await add('Old');
  const over = await add('Over');
  await api.did('goal.decide', { id: over, version: 1, action: 'achieve' });
  api.clock.advance(STALE_AFTER_MS);
  const top = await add('New');
  await add('Part', top);
  const tree = await api.did('goal.tree', {});
  expect(tree.map(({ title, depth }) => `${String(depth)} ${title}`)).toEqual([
    '0 New',
    '1 Part',
    '0 Old',
    '0 Over',
  ]);
  expect(tree.find(({ id }) => id === old)?.stale).toBe(true);
});
