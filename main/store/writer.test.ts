import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { flags, type FlagKey } from '../domain/flag/flag.ts';
import type { DomainEvent } from '../domain/event.ts';
import { readFlag, writeFlag } from './flag-store.ts';
import { createTestStore, type TestStore } from './testing/test-store.ts';

const [steps, minutes] = ['budget.steps', 'budget.minutes'] as const;
let bench: TestStore;
let committed: DomainEvent[][];
beforeEach(async () => {
  bench = await createTestStore();
  committed = [];
  bench.store.onCommit(({ events }) => committed.push([...events]));
});
afterEach(() => bench.dispose());

const soon = (key: FlagKey, value: string): Promise<string> =>
  bench.store.writeSoon((write) => {
    writeFlag(write, key, value, 'tester');
    return value;
  });
const value = (key: FlagKey): string => bench.store.read((read) => readFlag(read, key));

it('commits what is asked for in one turn together, and answers only when another connection sees it', async () => {
  const other = new Database(`${bench.folder}/homer.sqlite`, { readonly: true });
  const seen = (): unknown[] => other.prepare('SELECT value FROM runtime_flag ORDER BY key').pluck().all();
  const answers = [soon(steps, '3'), soon(minutes, '4')].map((answer) =>
    answer.then((given) => [given, seen()]),
  );
  expect(seen()).toEqual([]);
  expect(committed).toEqual([]);
  expect(await Promise.all(answers)).toEqual([
    ['3', ['4', '3']],
    ['4', ['4', '3']],
  ]);
  expect(committed.map((events) => events.map(({ entityId }) => entityId))).toEqual([[steps, minutes]]);
  other.close();
});

it('undoes a change of a group that throws, with its events, and keeps the others', async () => {
  const broken = bench.store.writeSoon((write) => {
    writeFlag(write, steps, '99', 'tester');
    throw new Error('broken');
  });
  const results = await Promise.allSettled([soon(minutes, '5'), broken, soon('planner.command', 'plan')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect([value(steps), value(minutes), value('planner.command')]).toEqual([
    flags[steps].defaultValue,
    '5',
    'plan',
  ]);
  const events = committed.flat();
  expect(events.map(({ entityId }) => entityId)).toEqual([minutes, 'planner.command']);
  expect(events.map(({ seq }) => seq)).toEqual([1, 2]);
});

it('puts a plain write after everything that was asked for before it', async () => {
  const first = soon(steps, '3');
  const found = bench.store.write((write) => {
    const before = readFlag(write, steps);
    writeFlag(write, steps, '4', 'tester');
    return before;
  });
  expect(found).toBe('3');
  await first;
  expect(value(steps)).toBe('4');
});

it('rejects all of a group that the disk refuses, keeps nothing of it, and goes on', async () => {
  const other = new Database(`${bench.folder}/homer.sqlite`);
  other.exec('BEGIN IMMEDIATE');
  bench.store.read((read) => read.prepare('PRAGMA busy_timeout = 0').get());
  const results = await Promise.allSettled([soon(steps, '3'), soon(minutes, '4')]);
  expect(results).toMatchObject([
    { status: 'rejected', reason: { failure: { tag: 'store_busy' } } },
    { status: 'rejected', reason: { failure: { tag: 'store_busy' } } },
  ]);
  other.exec('ROLLBACK');
  other.close();
  expect(committed).toEqual([]);
  await soon(steps, '6');
  expect([value(steps), value(minutes)]).toEqual(['6', flags[minutes].defaultValue]);
});

it('commits what still waits when the store closes', async () => {
  const last = soon(steps, '7');
  await bench.scope.close();
  expect(await last).toBe('7');
});

it('refuses work that would go on after its transaction', () => {
  expect(() => bench.store.write(() => Promise.resolve())).toThrow(/promise/u);
  expect(bench.events()).toBe(0);
});

it('waits for the disk at every change but those of output, and keeps those through a crash as well', async () => {
  const disk = (): unknown => bench.store.read((read) => read.prepare('PRAGMA synchronous').get());
  let during: unknown;
  bench.store.writeOutput((write) => {
    during = write.prepare('PRAGMA synchronous').get();
    writeFlag(write, steps, '5', 'tester');
  });
  expect([during, disk()]).toEqual([{ synchronous: 1 }, { synchronous: 2 }]);
  // What another connection sees is in the journal, which outlives this process.
  const other = new Database(`${bench.folder}/homer.sqlite`, { readonly: true });
  expect(other.prepare('SELECT value FROM runtime_flag').pluck().all()).toEqual(['5']);
  other.close();
  expect(() =>
    bench.store.writeOutput(() => {
      throw new Error('refused');
    }),
  ).toThrow('refused');
  expect(disk()).toEqual({ synchronous: 2 });
  expect(committed).toHaveLength(1);
});
