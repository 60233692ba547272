import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DomainEvent } from '../domain/event.ts';
import {
  deleteChild,
  findChild,
  listStuckRuns,
  noteChildOffsets,
  noteChildQuiet,
  putChild,
} from './run-child-store.ts';
import { formatTime } from '../shared/clock.ts';
import { unwrap } from '../shared/result.ts';
import { claimRun, takeLease } from './run-claim-store.ts';
import { addProject, addRun, createTestStore, openAt, type TestStore } from './testing/test-store.ts';

let bench: TestStore;
beforeEach(async () => {
  bench = await createTestStore();
});
afterEach(() => bench.dispose());

function addChild(): string {
  return bench.store.write((write) => {
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
      accountId: null,
      deadline: 0,
      marker: {},
      promptDigest: '',
    });
    return id;
  });
}

it('raises one alarm for each quiet spell of a child, and takes it back when it prints', () => {
  const runId = addChild();
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

it('refuses what a host read of a child whose run another host has taken up', async () => {
  const runId = addChild();
  const key = { runId, stage: '' };
  const end = formatTime(bench.clock.now() + 30_000);
  bench.store.write((write) => claimRun(write, end));
  bench.store.write((write) => {
    noteChildOffsets(write, key, 10, 0);
  });
  const other = unwrap(await openAt(bench.folder, bench.scope));
  other.write((write) => {
    takeLease(write, runId, end);
    noteChildOffsets(write, key, 500, 0);
  });
  expect(
    bench.store.tryWrite((write) => {
      noteChildOffsets(write, key, 20, 0);
    }),
  ).toMatchObject({ ok: false, error: { tag: 'lease_lost' } });
  expect(bench.store.write((write) => noteChildQuiet(write, key, end))).toBe(false);
  expect(other.read((read) => findChild(read, key))).toMatchObject({ stdoutOffset: 500, quietSince: null });
});
