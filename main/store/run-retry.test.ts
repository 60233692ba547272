import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { retryPolicySchema, type RetryPolicy } from '../domain/intent/retry-policy.ts';
import { claimRun } from './run-claim-store.ts';
import { endRun } from './end-run.ts';
import { getIntent } from './intent-store.ts';
import { listEventsAfter } from './domain-event-store.ts';
import { listRunEvents } from './run-event-store.ts';
import { listAttempts } from './run-row-store.ts';
import { findWaitingRetry, nextRetryTime, retryNow } from './run-retry-store.ts';
import { getRun } from './run-store.ts';
import { transitionRun } from './transition-run.ts';
import { addProject, addRun, createTestStore, type TestStore } from './testing/test-store.ts';

let bench: TestStore;
let project: string;
beforeEach(async () => {
  bench = await createTestStore();
  project = bench.store.write((write) => addProject(write));
});
afterEach(() => bench.dispose());

const policy = (fields: Partial<RetryPolicy> = {}): RetryPolicy =>
  retryPolicySchema.parse({ count: 2, firstDelayMs: 60_000, factor: 4, jitter: 'none', ...fields });
const add = (retryPolicy = policy()): string =>
  bench.store.write((write) => addRun(write, project, { retryPolicy }));
const claim = (): string | undefined =>
  bench.store.write((write) => claimRun(write, '2030-01-01T00:00:00.000Z'))?.id;
const fails = (id: string, tag = 'agent_crashed', error = 'The agent ended with exit code 7.'): void => {
  bench.store.write((write) => {
    endRun(write, id, tag.startsWith('budget') ? 'time_out' : 'fail', 'runtime', {
      changes: { errorTag: tag, error },
    });
  });
};
const failOnce = (retryPolicy?: RetryPolicy, tag?: string): { first: string; next: string | null } => {
  const first = add(retryPolicy);
  expect(claim()).toBe(first);
  fails(first, tag);
  return { first, next: bench.store.read((read) => findWaitingRetry(read, first))?.runId ?? null };
};
const intentOf = (id: string): string =>
  bench.store.read((read) => getIntent(read, getRun(read, id).intentId)).status;

describe('a run that ends in a way its intent tries again', () => {
  it('queues the next attempt with its time in the same transaction, and says so on both', () => {
    const before = bench.events();
    const { first, next } = failOnce();
    const waiting = bench.store.read((read) => getRun(read, next ?? ''));
    expect(waiting).toMatchObject({
      status: 'queued',
      attempt: 2,
      retryOfRunId: first,
      retryNumber: 1,
      triggeredBy: 'retry',
    });
    expect(Date.parse(waiting.notBefore ?? '') - bench.clock.now()).toBe(60_000);
    expect(bench.store.read((read) => findWaitingRetry(read, first))).toMatchObject({ attempt: 2, of: 3 });
    expect(intentOf(first)).toBe('running');
    const told = bench.store.read((read) =>
      listRunEvents(read, first, { after: 0, limit: 100, types: ['retry'] }),
    );
    expect(told.map(({ payload }) => payload)).toEqual([
      {
        step: 0,
        reason: `Tries again by itself (attempt 2 of 3), as #${String(waiting.number)}.`,
        afterMs: 60_000,
      },
    ]);
    const types = bench.store.read((read) => listEventsAfter(read, before, 100)).map(({ type }) => type);
    expect(types.slice(-4)).toEqual(['intentChanged', 'intentChanged', 'runQueued', 'runRetryScheduled']);
  });

  it('is not claimed before that time, wakes the tick then, and is claimed once', () => {
    const { next } = failOnce();
    expect(claim()).toBeUndefined();
    expect(bench.store.read(nextRetryTime)).toBe(new Date(bench.clock.now() + 60_000).toISOString());
    bench.clock.advance(59_999);
    expect(claim()).toBeUndefined();
    bench.clock.advance(1);
    expect([claim(), claim()]).toEqual([next, undefined]);
    expect(bench.store.read(nextRetryTime)).toBeNull();
  });

  it('waits longer each time and gives up when none is left, with the whole chain to be seen', () => {
    const { first, next } = failOnce();
    bench.clock.advance(60_000);
    expect(claim()).toBe(next);
    fails(next ?? '', 'agent_crashed', 'again');
    const last = bench.store.read((read) => findWaitingRetry(read, first));
    expect(Date.parse(last?.notBefore ?? '') - bench.clock.now()).toBe(240_000);
    bench.clock.advance(240_000);
    expect(claim()).toBe(last?.runId);
    fails(last?.runId ?? '', 'agent_crashed', 'for good');
    expect(bench.store.read((read) => findWaitingRetry(read, first))).toBeNull();
    expect(intentOf(first)).toBe('failed');
    const chain = bench.store.read((read) => listAttempts(read, getRun(read, first).intentId));
    expect(chain.map(({ attempt, status, error }) => [attempt, status, error])).toEqual([
      [1, 'failed', 'The agent ended with exit code 7.'],
      [2, 'failed', 'again'],
      [3, 'failed', 'for good'],
    ]);
  });

  it('leaves neither an ended run nor a retry when the transaction is cut off between the two', () => {
    const id = add();
    claim();
    const events = bench.events();
    const cut = bench.store.tryWrite((write) => {
      endRun(write, id, 'fail', 'runtime', { changes: { errorTag: 'agent_crashed', error: 'x' } });
      expect(findWaitingRetry(write, id)).not.toBeNull();
      transitionRun(write, id, 'claim', 'runtime');
    });
    expect(cut.ok).toBe(false);
    expect(bench.events()).toBe(events);
    expect(bench.store.read((read) => getRun(read, id)).status).toBe('running');
    expect(bench.store.read((read) => listAttempts(read, getRun(read, id).intentId))).toHaveLength(1);
  });

  it('tries again only what the policy names', () => {
    for (const tag of ['policy_violation', 'setup_failed', 'tests_failed', 'budget_time', 'agent_auth'])
      expect(failOnce(undefined, tag).next, tag).toBeNull();
    for (const tag of ['budget_time', 'budget_cost'])
      expect(failOnce(policy({ on: ['timeout'] }), tag).next, tag).not.toBeNull();
    expect(failOnce(policy({ on: ['tests_failed'] }), 'no_progress').next).not.toBeNull();
  });

  it('tries nothing again by default, nor what was stopped or never begun', () => {
    expect(failOnce(retryPolicySchema.parse({})).next).toBeNull();
    const id = add();
    claim();
    bench.store.write((write) => {
      endRun(write, id, 'stop', 'owner');
    });
    expect(bench.store.read((read) => findWaitingRetry(read, id))).toBeNull();
    expect(intentOf(id)).toBe('failed');
  });

  it('starts at once when the clock was set back behind the time it was queued at', () => {
    const { next } = failOnce();
    bench.store.write((write) =>
      write
        .prepare(
          `UPDATE run SET not_before = '2099-01-01T00:00:00.000Z', created_at = '2098-12-31T00:00:00.000Z' WHERE id = ?`,
        )
        .run(next),
    );
    expect(claim()).toBe(next);
  });
});

describe('a waiting retry', () => {
  it('starts once when it is let go twice', () => {
    const { first, next } = failOnce();
    bench.store.write((write) => retryNow(write, first, 'owner'));
    const again = bench.store.tryWrite((write) => retryNow(write, first, 'owner'));
    expect(again).toMatchObject({ ok: false, error: { tag: 'not_waiting' } });
    expect([claim(), claim()]).toEqual([next, undefined]);
    expect(bench.store.read((read) => listAttempts(read, getRun(read, first).intentId))).toHaveLength(2);
  });

  it('leaves the intent failed when it is stopped, so that it can be retried by hand', () => {
    const { first, next } = failOnce();
    bench.store.write((write) => {
      endRun(write, next ?? '', 'stop', 'owner');
    });
    expect(intentOf(first)).toBe('failed');
    expect(bench.store.read(nextRetryTime)).toBeNull();
  });

  it('stands in line from the time it may start, behind what was queued before that', () => {
    const { next } = failOnce();
    bench.clock.advance(30_000);
    const other = add();
    bench.clock.advance(60_000);
    expect([claim(), claim()]).toEqual([other, next]);
  });
});
