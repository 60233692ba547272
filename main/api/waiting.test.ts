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

it('tells when a queued run probably starts, once enough runs have shown how long one takes', () => {
  const about = (): (string | null | undefined)[] =>
    bench.store.read((read) =>
      withWaiting(read, listRunRows(read, { statuses: ['queued'], limit: 10 }), bench.clock.iso()).map(
        (row) => row.startsAbout,
      ),
    );
  bench.store.write((write) => {
    const id = addProject(write);
    for (let count = 0; count < 9; count += 1) addRun(write, id);
    for (let count = 0; count < 7; count += 1) claimRun(write, '2030-01-01T00:00:00.000Z');
  });
  expect(about().filter((time) => time)).toEqual([]);
  const now = bench.clock.iso();
  bench.store.write((write) => {
    writeFlag(write, 'runtime.max_concurrent_runs', '2', 'tester');
    write
      .prepare(
        `UPDATE run SET status = 'completed', active_ms = 600000, ended_at = :now, started_at = :now WHERE number <= 5`,
      )
      .run({ now });
    write.prepare(`UPDATE run SET status = 'running', started_at = :now WHERE number IN (6, 7)`).run({ now });
    write.prepare(`UPDATE run SET status = 'queued' WHERE number > 7`).run();
  });
  const minutes = about().map((time) => (Date.parse(time ?? '') - Date.parse(now)) / 60_000);
  expect(minutes).toEqual([10, 10]);
});

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
    '1 ahead of it in the queue, because 2 of 2 runs work.',
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
