import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSilentLog } from '../shared/log.ts';
import { unwrap } from '../shared/result.ts';
import { claimRun, takeLease } from '../store/run-claim-store.ts';
import { addProject, addRun, createTestStore, openAt, type TestStore } from '../store/testing/test-store.ts';
import { createLeaseKeeper, LEASE_MS, type LeaseKeeper } from './lease.ts';

let bench: TestStore;
let keeper: LeaseKeeper;
let inHand: string[];
let letGo: string[];
beforeEach(async () => {
  bench = await createTestStore();
  inHand = [];
  letGo = [];
  keeper = createLeaseKeeper({
    store: bench.store,
    loop: {
      active: () => inHand.map((runId) => ({ runId, pid: null })),
      letGo: (runId) => void letGo.push(runId),
    },
    clock: bench.clock,
    log: createSilentLog(),
    scope: bench.scope,
  });
});
afterEach(() => bench.dispose());

const until = (id: string): string =>
  bench.store.read((read) =>
    String(read.prepare('SELECT lease_until FROM run WHERE id = ?').get(id)?.['lease_until']),
  );
const timers = (): number => bench.scope.held().filter((label) => label.includes('timer')).length;
const claimTwo = (): string[] => {
  inHand = bench.store.write((write) => {
    const project = addProject(write);
    addRun(write, project);
    addRun(write, project);
    const end = new Date(bench.clock.now() + LEASE_MS).toISOString();
    return [claimRun(write, end)?.id ?? '', claimRun(write, end)?.id ?? ''];
  });
  keeper.keep();
  return inHand;
};

it('renews the leases of all runs in hand long before they end, and wakes nothing once none works', () => {
  const [one = '', two = ''] = claimTwo();
  for (let beat = 0; beat < 20; beat += 1) {
    bench.clock.advance(LEASE_MS / 3);
    expect(until(one) > bench.clock.iso()).toBe(true);
    expect(until(two)).toBe(until(one));
  }
  expect(timers()).toBe(1);
  inHand = [];
  bench.clock.advance(LEASE_MS);
  expect(timers()).toBe(0);
});

it('lets go of a run that another host took up while this one slept, and of no other', async () => {
  const [one = '', two = ''] = claimTwo();
  const other = unwrap(await openAt(bench.folder, bench.scope));
  bench.clock.jump(8 * 3_600_000);
  other.write((write) => {
    takeLease(write, one, '2030-01-01T00:00:00.000Z');
  });
  bench.clock.advance(LEASE_MS / 3);
  expect(letGo).toEqual([one]);
  expect(until(one)).toBe('2030-01-01T00:00:00.000Z');
  expect(until(two) > bench.clock.iso()).toBe(true);
});
