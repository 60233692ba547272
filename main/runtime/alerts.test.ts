import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSilentLog } from '../shared/log.ts';
import { clearAlert, listAlerts } from '../store/alert-store.ts';
import { endRun } from '../store/end-run.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { noteChildQuiet, putChild } from '../store/run-child-store.ts';
import { claimRun } from '../store/run-claim-store.ts';
import { addProject, addRun, createTestStore, type TestStore } from '../store/testing/test-store.ts';
import { createAlerts, type Alerts } from './alerts.ts';

let bench: TestStore;
let projectId: string;
let alerts: Alerts;
beforeEach(async () => {
  bench = await createTestStore();
  projectId = bench.store.write((write) => addProject(write));
  alerts = createAlerts({ ...bench, log: createSilentLog() });
});
afterEach(() => bench.dispose());

const MINUTE = 60_000;

function check(working = 0, claiming = true): void {
  alerts.check({ working, claiming });
}

function open(): string[] {
  return bench.store.read((read) =>
    listAlerts(read, { open: true, limit: 10 }).map(
      ({ kind, subject }) => `${kind}${subject && ` ${subject}`}`,
    ),
  );
}

function work(): string {
  return bench.store.write((write) => {
    addRun(write, projectId);
    const run = claimRun(write, '2027-01-01T00:00:00.000Z');
    if (!run) throw new Error('nothing to claim');
    return run.id;
  });
}

function failOne(): void {
  const id = work();
  bench.store.write((write) => {
    endRun(write, id, 'fail', 'runtime', { changes: { errorTag: 'crashed', error: 'It crashed.' } });
  });
}

test('alerts the owner once after three failures within an hour, and is over when the hour is', () => {
  failOne();
  bench.clock.advance(20 * MINUTE);
  failOne();
  check();
  expect(open()).toEqual([]);
  bench.clock.advance(20 * MINUTE);
  failOne();
  check();
  const events = bench.events();
  check();
  expect(open()).toEqual(['failures']);
  expect(bench.events()).toBe(events);
  bench.clock.advance(45 * MINUTE);
  check();
  expect(open()).toEqual([]);
});

test('is silent about failures the owner has taken note of, until three more', () => {
  for (let n = 0; n < 3; n += 1) failOne();
  check();
  const [alert] = bench.store.read((read) => listAlerts(read, { open: true, limit: 1 }));
  bench.clock.advance(MINUTE);
  bench.store.write((write) => clearAlert(write, alert?.id ?? '', 'owner'));
  check();
  expect(open()).toEqual([]);
  bench.clock.advance(MINUTE);
  for (let n = 0; n < 3; n += 1) failOne();
  check();
  expect(open()).toEqual(['failures']);
});

test('raises an alarm for a working run without a sign of life, and lets go of it when one comes', () => {
  const id = work();
  check(1);
  bench.clock.advance(11 * MINUTE);
  check(1);
  expect(open()).toEqual([`stuck_run ${id}`]);
  bench.store.write((write) =>
    appendRunEvents(write, id, [{ type: 'message', payload: { step: 1, text: 'here' } }]),
  );
  check(1);
  expect(open()).toEqual([]);
});

test('waits for tests as long as their own limit allows', () => {
  const id = work();
  bench.store.write((write) => {
    write.prepare('UPDATE project SET test_timeout_ms = ?').run(120 * MINUTE);
    appendRunEvents(write, id, [
      { type: 'test_started', payload: { step: 1, command: 'make test', when: 'after' } },
    ]);
  });
  check(1);
  bench.clock.advance(100 * MINUTE);
  check(1);
  expect(open()).toEqual([]);
  bench.clock.advance(30 * MINUTE);
  check(1);
  expect(open()).toEqual([`stuck_run ${id}`]);
});

test('says that the queue stands still only when nothing works and nobody paused it', () => {
  bench.store.write((write) => addRun(write, projectId));
  bench.clock.advance(6 * MINUTE);
  check(1);
  check(0, false);
  check(0);
  expect(open()).toEqual([]);
  bench.clock.advance(6 * MINUTE);
  check(0);
  expect(open()).toEqual(['stuck_queue']);
});

/** A child of a run's turn. */
function startChild(runId: string): void {
  bench.store.write((write) => {
    putChild(write, {
      runId,
      stage: '',
      step: 1,
      attempt: 1,
      pid: 1,
      group: 1,
      startTime: '1',
      bootId: 'b',
      spool: '/s',
      executor: 'shell',
      accountId: null,
      deadline: 0,
      marker: {},
      promptDigest: 'd',
    });
  });
}

test('says of a turn what its own watch over silence says, and nothing else', () => {
  const runId = work();
  startChild(runId);
  check(1);
  bench.clock.advance(60 * MINUTE);
  check(1);
  expect(open()).toEqual([]);
  const quiet = (since: string | null) => {
    bench.store.write((write) => noteChildQuiet(write, { runId, stage: '' }, since));
    check(1);
  };
  quiet(bench.clock.iso());
  expect(open()).toEqual([`stuck_run ${runId}`]);
  quiet(null);
  expect(open()).toEqual([]);
});

test.each([1, -1])(
  'takes neither a clock that jumps by %i year nor a sleep for a standstill',
  (direction) => {
    failOne();
    failOne();
    failOne();
    const inTurn = work();
    startChild(inTurn);
    work();
    check(2);
    const [failing] = bench.store.read((read) => listAlerts(read, { open: true, limit: 1 }));
    expect(failing?.kind).toBe('failures');
    bench.store.write((write) => addRun(write, projectId));
    check(0);
    bench.clock.jump(direction * 365 * 24 * 60 * MINUTE);
    check(0);
    check(2);
    expect(open()).toEqual([]);
  },
);

test('alerts again after an alert was cleared under a clock that was a year ahead', () => {
  const YEAR = 365 * 24 * 60 * MINUTE;
  bench.clock.jump(YEAR);
  for (let n = 0; n < 3; n += 1) failOne();
  check();
  const [alert] = bench.store.read((read) => listAlerts(read, { open: true, limit: 1 }));
  bench.store.write((write) => clearAlert(write, alert?.id ?? '', 'owner'));
  bench.clock.jump(-YEAR);
  check();
  expect(open()).toEqual([]);
  for (let n = 0; n < 3; n += 1) failOne();
  check();
  expect(open()).toEqual(['failures']);
});
