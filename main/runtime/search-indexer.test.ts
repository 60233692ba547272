import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSilentLog } from '../shared/log.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import { matchExpression, readTerms } from '../domain/search/terms.ts';
import type { Write } from '../store/database.ts';
import { getProject, removeProject } from '../store/project-store.ts';
import { deleteOldRunEvents } from '../store/retention-store.ts';
import { appendOwnersWords } from '../store/run-event-store.ts';
import { OUTPUT_LIMIT } from '../store/search-index-store.ts';
import { findEvents, findInRun, findProposals } from '../store/search-store.ts';
import {
  addProject,
  addProposal,
  addRun,
  createTestStore,
  type TestStore,
} from '../store/testing/test-store.ts';
import { createSearchIndexer, type SearchIndexer } from './search-indexer.ts';

let bench: TestStore;
let scope: Scope;
beforeEach(async () => {
  bench = await createTestStore();
  scope = createScope('indexer');
});
afterEach(async () => {
  await scope.close();
  await bench.dispose();
});

const start = (): SearchIndexer =>
  createSearchIndexer({ store: bench.store, clock: bench.clock, log: createSilentLog(), scope });
const say = (
  write: Write,
  run: string,
  texts: readonly string[],
  type: 'message' | 'output' = 'message',
): void => {
  appendOwnersWords(
    write,
    run,
    texts.map((text) =>
      type === 'message'
        ? { type, payload: { step: 1, text } }
        : { type, payload: { step: 1, stream: 'stdout' as const, text } },
    ),
  );
};
const proposals = (text: string): number =>
  bench.store.read((read) => findProposals(read, matchExpression(readTerms(text)), {}, 50).length);
const inRun = (text: string, number = 1): number =>
  bench.store.read((read) => findInRun(read, matchExpression(readTerms(text)), number, 10).total);
const rowsOf = (table: string): number =>
  bench.store.read((read) => Number(read.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.['n']));

it('fills the index for what was there before, in slices beside the work, and says how far it is', async () => {
  bench.store.write((write) => {
    for (let count = 0; count < 1_200; count += 1) addProposal(write, { title: `Ancient ${String(count)}` });
    const run = addRun(write, addProject(write));
    say(
      write,
      run,
      Array.from({ length: 450 }, () => 'relic'),
    );
  });
  const first = start();
  expect([first.state().complete, proposals('ancient')]).toEqual([false, 0]);
  bench.clock.advance(1_600);
  expect(first.state()).toMatchObject({ complete: false });
  expect(first.state().behind).toBeGreaterThan(500);
  const partly = inRun('relic') + rowsOf('search_proposal_mark');
  expect(partly).toBeGreaterThan(0);

  // Cut off here; the next host goes on where the marks stand.
  await scope.close();
  scope = createScope('indexer');
  const second = start();
  bench.clock.advance(1_500);
  expect(inRun('relic') + rowsOf('search_proposal_mark')).toBeGreaterThanOrEqual(partly);
  bench.clock.advance(2_000);
  expect(second.state()).toEqual({ behind: 0, complete: true });
  expect([rowsOf('search_proposal_mark'), inRun('relic')]).toEqual([1_200, 450]);
});

it('takes what commits within a second, nothing twice, and rests when all is in', () => {
  const indexer = start();
  bench.clock.advance(2_000);
  const run = bench.store.write((write) => addRun(write, addProject(write)));
  bench.store.write((write) => {
    say(write, run, ['fresh words']);
    addProposal(write, { title: 'Fresh idea' });
  });
  expect(indexer.state().behind).toBe(2);
  bench.clock.advance(1_000);
  expect([indexer.state(), inRun('fresh'), proposals('fresh')]).toEqual([
    { behind: 0, complete: true },
    1,
    1,
  ]);
  let commits = 0;
  bench.store.onCommit(() => (commits += 1));
  bench.clock.advance(60_000);
  expect([commits, scope.held()]).toEqual([0, ['indexer/search index']]);
});

it('leaves out the rest of a flood of raw output, but nothing that was said after it', () => {
  const run = bench.store.write((write) => {
    const id = addRun(write, addProject(write));
    say(
      write,
      id,
      Array.from({ length: OUTPUT_LIMIT + 300 }, () => 'noise'),
      'output',
    );
    say(write, id, ['the point']);
    return id;
  });
  const indexer = start();
  indexer.hurry(1_000, run);
  expect([inRun('noise'), inRun('point')]).toEqual([OUTPUT_LIMIT, 1]);
});

it('loses its rows with the events that retention clears, and with a project', () => {
  const indexer = start();
  const [project, run] = bench.store.write((write) => {
    const id = addProject(write);
    const made = addRun(write, id);
    say(write, made, ['secretive', 'secretive']);
    write.prepare(`UPDATE run SET status = 'failed', ended_at = ? WHERE id = ?`).run(write.now, made);
    return [id, made];
  });
  indexer.hurry(1_000, run);
  expect(inRun('secretive')).toBe(2);
  bench.store.write((write) => deleteOldRunEvents(write, '2099-01-01T00:00:00.000Z', 1));
  expect(inRun('secretive')).toBe(1);
  bench.store.write((write) => {
    removeProject(write, project, getProject(write, project).version, 'tester');
  });
  expect(inRun('secretive')).toBe(0);
  expect([rowsOf('search_run_mark'), bench.store.check(true)]).toEqual([0, []]);
});

it('is filled anew when its words were chosen by another edition, or when asked', () => {
  bench.store.write((write) => addProposal(write, { title: 'Kept' }));
  const indexer = start();
  indexer.hurry(1_000);
  bench.store.write((write) => write.prepare('UPDATE search_edition SET edition = 0').run());
  indexer.rebuild();
  expect(proposals('kept')).toBe(0);
  indexer.hurry(1_000);
  expect([proposals('kept'), indexer.state().complete]).toEqual([1, true]);
});

it('folds words as the index does', () => {
  const words = [
    'Ångström',
    'naïve',
    'ÉCOLE',
    'Straße',
    'Łódź',
    'données',
    'Привет',
    '東京都',
    'x86_64',
    'a1b2',
  ];
  bench.store.write((write) => {
    const run = addRun(write, addProject(write));
    say(write, run, words);
  });
  start().hurry(1_000);
  for (const word of words) expect([word, inRun(word), inRun(`"${word}"`)]).toEqual([word, 1, 1]);
});

it('gives newer runs first however many there are', () => {
  const indexer = start();
  bench.store.write((write) => {
    const project = addProject(write);
    for (let count = 0; count < 30; count += 1) say(write, addRun(write, project), ['common']);
  });
  indexer.hurry(5_000);
  const numbers = bench.store
    .read((read) => findEvents(read, '"common"*', {}, 5))
    .map(({ number }) => number)
    .sort((a, b) => b - a);
  expect(numbers.slice(0, 5)).toEqual([30, 29, 28, 27, 26]);
});

it('keeps working when the disk refuses it, and goes on later', () => {
  const indexer = start();
  indexer.hurry(1_000);
  bench.store.write((write) => addProposal(write, { title: 'Later' }));
  const { writeOutput } = bench.store;
  const refused = (): never => {
    throw new Error('no room');
  };
  (bench.store as { writeOutput: unknown }).writeOutput = refused;
  bench.clock.advance(1_000);
  expect([proposals('later'), indexer.state().behind]).toEqual([0, 1]);
  (bench.store as { writeOutput: unknown }).writeOutput = writeOutput;
  bench.clock.advance(31_000);
  expect([proposals('later'), indexer.state().behind]).toEqual([1, 0]);
});
