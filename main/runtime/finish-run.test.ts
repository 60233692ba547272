import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getRun } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { putCheckpoint } from '../store/run-step-store.ts';
import { addProject, addRun, createTestStore, type TestStore } from '../store/testing/test-store.ts';
import { finishRun } from './finish-run.ts';

let bench: TestStore;
let id: string;
beforeEach(async () => {
  bench = await createTestStore();
  id = bench.store.write((write) => {
    const run = addRun(write, addProject(write));
    transitionRun(write, run, 'claim', 'runtime');
    transitionRun(write, run, 'end_turn', 'runtime');
    return run;
  });
});
afterEach(() => bench.dispose());

const test = { command: 'true', exitCode: 0, durationMs: 1, note: null, output: '' };
const step = (policyOk = true): void => {
  bench.store.write((write) => {
    noteRunFacts(write, id, { headCommit: 'c'.repeat(40) });
    putCheckpoint(
      write,
      {
        runId: id,
        step: 1,
        attempt: 1,
        stage: '',
        result: 'done',
        changedPaths: [],
        policyOk,
        policyViolations: [],
        test: null,
        sessionId: null,
        commit: 'c'.repeat(40),
      },
      'digest',
    );
  });
};
const finish = (
  to: 'review' | 'complete',
): { status: string; errorTag: string | null; error: string | null } =>
  bench.store.write((write) => {
    finishRun(write, id, to);
    return getRun(write, id);
  });

describe('a run that says it is done', () => {
  it('fails when no step of it was judged and kept', () => {
    expect(finish('complete')).toMatchObject({ status: 'failed', errorTag: 'evidence_missing' });
  });

  it('fails when its project has tests and none ran after a step', () => {
    step();
    bench.store.write((write) => {
      noteRunFacts(write, id, { hasTests: true, testBefore: test });
    });
    expect(finish('review')).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('tests were never run after a step'),
    });
  });

  it('fails when a step broke the policy', () => {
    step(false);
    expect(finish('review').errorTag).toBe('evidence_missing');
  });

  it('goes to review, or is completed, with its evidence, and without tests where there is no test command', () => {
    step();
    expect(finish('review').status).toBe('review');
  });

  it('is completed with its tests', () => {
    step();
    bench.store.write((write) => {
      noteRunFacts(write, id, { hasTests: true, testAfter: test });
    });
    expect(finish('complete').status).toBe('completed');
  });
});

it('is the only way to that end for what an agent did', () => {
  const others = readdirSync(import.meta.dirname)
    .filter(
      (name) =>
        name.endsWith('.ts') &&
        !name.endsWith('.test.ts') &&
        name !== 'finish-run.ts' &&
        name !== 'dry-run.ts',
    )
    .filter((name) =>
      /(transitionRun|endRun)\([^;]*'(offer_review|complete)'/u.test(
        readFileSync(join(import.meta.dirname, name), 'utf8'),
      ),
    );
  expect(others).toEqual([]);
});
