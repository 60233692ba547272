import { afterEach, beforeEach, expect, it } from 'vitest';
import { retryPolicySchema } from '../domain/intent/retry-policy.ts';
import { claimRun } from '../store/run-claim-store.ts';
import { endRun } from '../store/end-run.ts';
import { getIntent } from '../store/intent-store.ts';
import { listAttempts } from '../store/run-row-store.ts';
import { createScheduleRoom, type ScheduleRoom } from './testing/schedule-room.ts';

let room: ScheduleRoom;
beforeEach(async () => {
  room = await createScheduleRoom('2026-06-01T00:00:00.000Z');
});
afterEach(() => room.dispose());

const HOUR = 3_600_000;
const claim = (): string =>
  room.store.write((write) => claimRun(write, '2030-01-01T00:00:00.000Z'))?.id ?? 'none';
const fails = (id: string): void => {
  room.store.write((write) => {
    endRun(write, id, 'fail', 'runtime', { changes: { errorTag: 'agent_crashed', error: 'x' } });
  });
};
const hourly = (firstDelayMs: number): string =>
  room.add(
    { type: 'interval', everyMs: HOUR },
    {
      retryPolicy: retryPolicySchema.parse({
        count: 1,
        firstDelayMs,
        mostDelayMs: 24 * HOUR,
        jitter: 'none',
      }),
    },
  );
const runs = (intentId: string): string[] =>
  room.store.read((read) => listAttempts(read, intentId)).map(({ status }) => status);

it('goes back to its schedule when a retry has passed', () => {
  const intent = hourly(60_000);
  room.clock.advance(HOUR);
  room.fire();
  fails(claim());
  expect(room.store.read((read) => getIntent(read, intent)).status).toBe('running');
  room.clock.advance(60_000);
  const retry = claim();
  room.store.write((write) => {
    endRun(write, retry, 'stop', 'owner');
  });
  expect(room.store.read((read) => getIntent(read, intent)).status).toBe('scheduled');
  room.clock.advance(HOUR - 60_000);
  expect(room.fire()).toBe(1);
});

it('keeps a retry that waits when the next planned time comes, and tells that this time was missed', () => {
  const intent = hourly(90 * 60_000);
  room.clock.advance(HOUR);
  room.fire();
  fails(claim());
  room.clock.advance(HOUR);
  expect(room.fire()).toBe(0);
  expect(runs(intent)).toHaveLength(2);
  expect(room.missed(intent)).toHaveLength(1);
  expect(room.missed(intent)[0]).toContain('2026-06-01T02:00:00.000Z');
  room.clock.advance(HOUR / 2);
  expect(claim()).not.toBe('none');
});
