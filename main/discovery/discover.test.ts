import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Signal, Source } from '../domain/source/source.ts';
import { createSilentLog } from '../shared/log.ts';
import { fail, ok } from '../shared/result.ts';
import { listEventsAfter } from '../store/domain-event-store.ts';
import { countStages } from '../store/proposal-card-store.ts';
import { insertSource, listSources } from '../store/source-store.ts';
import { addProject, createTestStore, type TestStore } from '../store/testing/test-store.ts';
import { branchHead, searchTracked } from '../workspace/search-tracked.ts';
import { createTestRepository } from '../workspace/test-repository.ts';
import { createDiscovery, type Discovery } from './discover.ts';
import type { SourceReader } from './ports.ts';
import { createTodoSource } from './sources/todo/todo-source.ts';

let bench: TestStore;
let answer: () => ReturnType<SourceReader['read']>;
let asked: { cursor: string | null; force: boolean }[];
let discovery: Discovery;
beforeEach(async () => {
  bench = await createTestStore();
  asked = [];
  const reader: SourceReader = {
    type: 'todo',
    read: (_project, { cursor, force }) => {
      asked.push({ cursor, force });
      return answer();
    },
  };
  discovery = createDiscovery({ ...bench, readers: [reader], log: createSilentLog() });
  bench.store.write((write) => {
    insertSource(write, 'todo', addProject(write), write.now);
  });
});
afterEach(() => bench.dispose());

const signal = (count: number): Signal => ({
  title: `Signal ${String(count)}`,
  summary: '',
  content: '',
  source: 'todo',
  sourceRef: `a.ts:${String(count)}`,
  fingerprint: `f${String(count)}`,
  relevance: count % 50,
});
const finds = (count: number): void => {
  const signals = Array.from({ length: count }, (_, at) => signal(at));
  answer = () => Promise.resolve(ok({ signals, cursor: 'commit 1', skipped: false }));
};
const look = (dryRun = false): ReturnType<Discovery['check']> => discovery.check({ dryRun, actor: 'tester' });
const source = (): Source | undefined => bench.store.read((read) => listSources(read))[0];
const ideas = (): number => bench.store.read(countStages).idea;
const settled = async (): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
};

describe('discovery', () => {
  it('makes one idea of each signal, once, however often it looks', async () => {
    finds(3);
    expect(await look()).toMatchObject({ created: 3, failures: [] });
    const again = await look();
    expect(again.created).toBe(0);
    expect(again.found.map(({ fresh }) => fresh)).toEqual([false, false, false]);
    expect(ideas()).toBe(3);
  });

  it('does not wait a year when the clock was a year ahead at its last check', async () => {
    const YEAR = 365 * 86_400_000;
    finds(1);
    bench.clock.jump(YEAR);
    await look();
    bench.clock.jump(-YEAR);
    const before = asked.length;
    discovery.checkDue();
    await settled();
    expect(asked).toHaveLength(before + 1);
    expect(source()?.nextCheckAt).toBe('2026-01-01T01:00:00.000Z');
    discovery.checkDue();
    await settled();
    expect(asked).toHaveLength(before + 1);
  });

  it('does not bring back what was decided', async () => {
    finds(1);
    await look();
    bench.store.write((write) => write.prepare(`UPDATE proposal SET stage = 'rejected'`).run());
    expect((await look()).created).toBe(0);
  });

  it('has at most 25 open ideas of a source, the most relevant first, and fetches the rest as room appears', async () => {
    finds(40);
    expect((await look()).created).toBe(25);
    const least = bench.store.read((read) =>
      read.prepare('SELECT MIN(relevance) AS least FROM proposal').get(),
    );
    expect(least).toEqual({ least: 15 });
    expect(source()?.lastCursor).toBeNull();
    expect((await look()).created).toBe(0);
    bench.store.write((write) =>
      write.prepare(`UPDATE proposal SET stage = 'archived' WHERE number <= 20`).run(),
    );
    expect((await look()).created).toBe(15);
    expect([ideas(), source()?.lastCursor]).toEqual([20, 'commit 1']);
  });

  it('keeps nothing of a dry run, and still says what is new', async () => {
    finds(2);
    const events = bench.events();
    const dry = await look(true);
    expect(dry.found.map(({ fresh }) => fresh)).toEqual([true, true]);
    expect([dry.created, ideas(), bench.events()]).toEqual([0, 0, events]);
  });

  it('backs off from a source that fails, twice as long each time, and shows its error until it works again', async () => {
    answer = () => Promise.resolve(fail('git_failed', 'git said no'));
    const waits: number[] = [];
    for (let count = 1; count <= 13; count += 1) {
      expect((await look()).failures).toMatchObject([
        { source: 'todo', message: 'git said no', projectName: 'Parser' },
      ]);
      expect(source()).toMatchObject({ lastError: 'git said no', consecutiveFailures: count });
      waits.push(Date.parse(source()?.nextCheckAt ?? '') - bench.clock.now());
    }
    expect(waits.slice(0, 4)).toEqual([60_000, 120_000, 240_000, 480_000]);
    expect(waits.at(-1)).toBe(24 * 3_600_000);
    const told = bench.store
      .read((read) => listEventsAfter(read, 0, 100))
      .filter(({ type }) => type === 'sourceFailed');
    expect(told).toHaveLength(13);
    finds(1);
    await look();
    expect(source()).toMatchObject({ lastError: null, consecutiveFailures: 0, backoffMs: 0 });
  });

  it('survives a reader that throws', async () => {
    answer = () => Promise.reject(new Error('a bug in a reader'));
    expect((await look()).failures).toMatchObject([{ message: 'a bug in a reader' }]);
    expect(source()?.lastError).toBe('a bug in a reader');
  });

  it('looks by itself only when it is time and allowed, with the cursor it kept', async () => {
    finds(1);
    discovery.checkDue();
    await settled();
    expect(asked).toEqual([{ cursor: null, force: false }]);
    discovery.checkDue();
    await settled();
    expect(asked).toHaveLength(1);
    bench.clock.advance(3_600_000);
    bench.store.write((write) =>
      write.prepare(`INSERT INTO runtime_flag VALUES ('runtime.discovery_enabled', 'off', '')`).run(),
    );
    discovery.checkDue();
    expect(asked).toHaveLength(1);
    bench.store.write((write) => write.prepare('DELETE FROM runtime_flag').run());
    discovery.checkDue();
    await settled();
    expect(asked[1]).toEqual({ cursor: 'commit 1', force: false });
  });
});

it('reads the TODOs of a real repository as committed, and not again until it has changed', async () => {
  const repository = createTestRepository('naïve parser');
  try {
    repository.commit('Add work', {
      'src/parse one.ts': 'const a = 1;\n// TODO: handle empty input\n',
      'src/größe.py': '# FIXME: off by one\n',
      'image.bin': 'TODO\0\n',
    });
    repository.write('src/loose.ts', '// TODO: not committed\n');
    const place = { projectPath: repository.path, branch: 'main' };
    const todo = createTodoSource({
      head: () => branchHead(repository.git, place),
      search: (_project, pattern) => searchTracked(repository.git, { ...place, pattern }),
      test: () => Promise.resolve(fail('tests_ended', 'Not here.')),
    });
    const project = { id: 'p' } as Parameters<typeof todo.read>[0];
    const read = (cursor: string | null, force = false): ReturnType<typeof todo.read> =>
      todo.read(project, { cursor, force, signal: new AbortController().signal });
    const first = await read(null);
    expect(first).toMatchObject({
      ok: true,
      value: {
        signals: [{ sourceRef: 'src/größe.py:1' }, { sourceRef: 'src/parse one.ts:2' }],
        skipped: false,
      },
    });
    const cursor = first.ok ? first.value.cursor : null;
    expect(await read(cursor)).toMatchObject({ ok: true, value: { signals: [], skipped: true } });
    expect(await read(cursor, true)).toMatchObject({ ok: true, value: { skipped: false } });
    fs.rmSync(join(repository.path, 'src/loose.ts'));
    repository.commit('Move it', { 'src/parse one.ts': '\n\n// TODO: handle empty input\n' });
    const moved = await read(cursor);
    expect(moved.ok && moved.value.signals[1]?.fingerprint).toBe(
      first.ok && first.value.signals[1]?.fingerprint,
    );
  } finally {
    repository.dispose();
  }
});
