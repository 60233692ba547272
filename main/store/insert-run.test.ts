import { afterEach, beforeEach, expect, it } from 'vitest';
import { getIntent, transitionIntent } from './intent-store.ts';
import { enqueueRun } from './enqueue-run.ts';
import { getRun } from './run-store.ts';
import { addProject, addRun, createTestStore, type TestStore } from './testing/test-store.ts';

let bench: TestStore;
let projectId: string;
beforeEach(async () => {
  bench = await createTestStore();
  projectId = bench.store.write((write) => addProject(write));
});
afterEach(() => bench.dispose());

const numberOf = (id: string): number => bench.store.read((read) => getRun(read, id).number);
const soon = (fails = false): Promise<string> =>
  bench.store.writeSoon((write) => {
    const id = addRun(write, projectId);
    if (fails) throw new Error('no');
    return id;
  });

it('numbers runs one after the other, over transactions and within one', () => {
  const first = bench.store.write((write) => addRun(write, projectId));
  const batch = bench.store.write((write) => [1, 2, 3].map(() => addRun(write, projectId)));
  expect([first, ...batch].map(numberOf)).toEqual([1, 2, 3, 4]);
});

it('gives the number of a run that was undone to the next', async () => {
  expect(() =>
    bench.store.write((write) => {
      addRun(write, projectId);
      throw new Error('no');
    }),
  ).toThrow('no');
  const [one, undone, two] = await Promise.allSettled([soon(), soon(true), soon()]);
  expect(undone.status).toBe('rejected');
  expect([one, two].map((it) => (it.status === 'fulfilled' ? numberOf(it.value) : 0))).toEqual([1, 2]);
});

it('counts the attempts of each intent on its own', () => {
  const first = bench.store.write((write) => addRun(write, projectId));
  const intentId = bench.store.read((read) => getRun(read, first).intentId);
  bench.store.write((write) => {
    transitionIntent(write, intentId, 'rearm', 'tester');
    const again = enqueueRun(write, intentId, {
      gate: { start: 'queued', held: [] },
      triggeredBy: 'retry',
      executorLabel: 'shell',
      actor: 'tester',
      retryOfRunId: first,
      nominalAt: null,
    });
    expect([again.number, again.attempt]).toEqual([2, 2]);
    expect(getRun(write, addRun(write, projectId)).attempt).toBe(1);
  });
});

it('refuses to queue for an intent that has moved since it was read, and writes nothing', () => {
  const first = bench.store.write((write) => addRun(write, projectId));
  const intentId = bench.store.read((read) => getRun(read, first).intentId);
  bench.store.write((write) => transitionIntent(write, intentId, 'rearm', 'tester'));
  const stale = bench.store.read((read) => getIntent(read, intentId));
  bench.store.write((write) => transitionIntent(write, intentId, 'start', 'tester'));
  const queued = bench.store.tryWrite((write) =>
    enqueueRun(write, stale, {
      gate: { start: 'queued', held: [] },
      triggeredBy: 'owner',
      executorLabel: 'shell',
      actor: 'tester',
      retryOfRunId: null,
      nominalAt: null,
    }),
  );
  expect(queued).toMatchObject({ ok: false, error: { tag: 'stale_version' } });
  expect(bench.store.read((read) => read.prepare('SELECT COUNT(*) AS n FROM run').get())).toEqual({ n: 1 });
});
