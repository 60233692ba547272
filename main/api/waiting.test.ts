import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFlag } from '../store/flag-store.ts';
import { claimRun } from '../store/run-claim-store.ts';
import { listRunRows } from '../store/run-row-store.ts';
import { addProject, addRun, createTestStore, type TestStore } from '../store/testing/test-store.ts';
import { withWaiting } from './waiting.ts';

let bench: TestStore;
beforeEach(async () => {
  bench = await createTestStore();
});
afterEach(() => bench.dispose());

const waiting = (): (string | null)[] =>
  bench.store.read((read) =>
    withWaiting(read, listRunRows(read, { statuses: null, limit: 10 }), bench.clock.iso()).map(
      (row) => row.waiting,
    ),
  );

it('says of each queued run which limit it waits for', () => {
  const project = bench.store.write((write) => {
    const id = addProject(write);
    for (let count = 0; count < 4; count += 1) addRun(write, id);
    claimRun(write, '2030-01-01T00:00:00.000Z');
    claimRun(write, '2030-01-01T00:00:00.000Z');
    return id;
  });
  // Newest first.
  expect(waiting()).toEqual([
    '1 ahead of it in the queue.',
    '2 of 2 runs work; this one is next.',
    null,
    null,
  ]);
  bench.store.write((write) => {
    writeFlag(write, 'runtime.max_runs_per_executor', '1', 'tester');
  });
  expect(waiting()[0]).toBe('2 of 1 runs with shell work.');
  bench.store.write((write) => write.prepare('UPDATE project SET max_runs = 2 WHERE id = ?').run(project));
  expect(waiting()[0]).toBe('2 of 2 runs of this project work.');
  bench.store.write((write) => {
    writeFlag(write, 'runtime.hold', 'on', 'tester');
  });
  expect(waiting()[1]).toContain('Everything is paused');
});
