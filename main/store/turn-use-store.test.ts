import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NewRunEvent } from '../domain/run/run-event.ts';
import { appendRunEvents } from './run-event-store.ts';
import { addProject, addRun, createTestStore, type TestStore } from './testing/test-store.ts';
import { countRequests, countToolCalls, listCalls, usageOfTurn } from './turn-use-store.ts';

let bench: TestStore;
beforeEach(async () => {
  bench = await createTestStore();
});
afterEach(() => bench.dispose());

it('finds what each call of the model used in the turn taken last, of its own stage alone', () => {
  const at = (stage: string) => ({ step: 1, ...(stage === '' ? {} : { stage }) });
  const began = (stage: string): NewRunEvent => ({
    type: 'child_started',
    payload: { ...at(stage), pid: 1, program: 'codex' },
  });
  const used = (stage: string, tokensIn: number, calls?: number): NewRunEvent => ({
    type: 'usage',
    payload: {
      ...at(stage),
      ...{ tokensIn, tokensOut: 10, tokensCached: 5, costMicroUsd: null },
      ...(calls === undefined ? {} : { calls }),
    },
  });
  const id = bench.store.write((write) => {
    const run = addRun(write, addProject(write));
    appendRunEvents(write, run, [began('a'), used('a', 1, 1), began('a'), began('b')]);
    appendRunEvents(write, run, [used('a', 100, 1), used('b', 7, 1), used('a', 200, 1), used('a', 50)]);
    return run;
  });
  const of = (stage: string) => ({ runId: id, step: 1, stage });
  const call = (tokensIn: number) => ({
    tokensIn,
    tokensOut: 10,
    tokensCached: 5,
    tokensCacheWrite: 0,
    tokensReasoning: 0,
  });
  bench.store.read((read) => {
    expect(listCalls(read, of('a'))).toEqual([call(100), call(200)]);
    expect(listCalls(read, of('b'))).toEqual([call(7)]);
    expect(usageOfTurn(read, of('a'))).toEqual({ tokens: 380, costMicroUsd: 0 });
    expect([
      countRequests(read, of('a')),
      countRequests(read, of('')),
      countToolCalls(read, of('a')),
    ]).toEqual([3, 1, 0]);
  });
});
