import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DomainEvent } from '../domain/event.ts';
import { deleteChild, findChild, listStuckRuns, noteChildQuiet, putChild } from './run-child-store.ts';
import { addProject, addRun, createTestStore, type TestStore } from './testing/test-store.ts';

let bench: TestStore;
beforeEach(async () => {
  bench = await createTestStore();
});
afterEach(() => bench.dispose());

it('raises one alarm for each quiet spell of a child, and takes it back when it prints', () => {
  const runId = bench.store.write((write) => {
    const id = addRun(write, addProject(write));
    putChild(write, {
      runId: id,
      stage: '',
      step: 1,
      attempt: 1,
      pid: 1,
      group: 1,
      startTime: '1',
      bootId: 'boot',
      spool: '/spool',
      executor: 'shell',
      deadline: 0,
      marker: {},
      promptDigest: '',
    });
    return id;
  });
  const seen: DomainEvent[] = [];
  bench.store.onCommit(({ events }) => seen.push(...events));
  const since = '2026-01-01T00:00:00.000Z';
  const note = (at: string | null): boolean =>
    bench.store.write((write) => noteChildQuiet(write, { runId, stage: '' }, at));
  // The first output of a child that was never quiet says nothing.
  expect([note(null), note(since), note(since)]).toEqual([false, true, false]);
  expect(bench.store.read(listStuckRuns)).toEqual([{ runId, since }]);
  expect([note(null), note(null), note(since)]).toEqual([true, false, true]);
  expect(seen.map(({ type, entityId }) => [type, entityId])).toEqual([
    ['runStuck', runId],
    ['runStirred', runId],
    ['runStuck', runId],
  ]);
  expect(bench.store.read((read) => findChild(read, { runId, stage: '' }))?.quietSince).toBe(since);
  bench.store.write((write) => deleteChild(write, { runId, stage: '' }));
  expect(bench.store.read(listStuckRuns)).toEqual([]);
});
