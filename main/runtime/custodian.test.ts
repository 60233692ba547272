import { expect, it } from 'vitest';
import { createSilentLog } from '../shared/log.ts';
import { createTestStore } from '../store/testing/test-store.ts';
import { recordUpkeep } from '../store/upkeep-store.ts';
import { createCustodian } from './custodian.ts';
import type { RunWorkspace } from './ports.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

it('lets an archive go when it is old, and not because the clock jumped or stays a year ahead', async () => {
  const bench = await createTestStore();
  const dropped: string[] = [];
  const archive = {
    runId: 'r1',
    note: {
      v: 1 as const,
      runId: 'r1',
      projectPath: '/p',
      branch: 'b',
      base: 'b0',
      snapshot: 's0',
      files: 1,
      createdAt: bench.clock.iso(),
    },
    path: '/data/archive/r.bundle',
    sizeBytes: 1,
    createdAt: bench.clock.iso(),
    restorable: true,
  };
  const custodian = createCustodian({
    ...bench,
    workspace: {
      ...({} as RunWorkspace),
      archives: () => Promise.resolve(dropped.length > 0 ? [] : [archive]),
      dropArchive: (runId) => {
        dropped.push(runId);
        return Promise.resolve();
      },
    },
    tidy: { run: () => Promise.resolve(), leftovers: () => Promise.resolve() },
    log: createSilentLog(),
    idle: () => true,
    onChange: () => undefined,
  });
  /** Lives through hours as the loop does; retention goes once a day. */
  const live = async (hours: number): Promise<void> => {
    for (let hour = 1; hour <= hours; hour += 1) {
      bench.clock.advance(HOUR);
      custodian.attend();
      await custodian.settled();
    }
  };
  await live(12);
  bench.store.write((write) => {
    recordUpkeep(write, 'retention', null, { until: bench.clock.iso() });
  });
  bench.clock.jump(365 * DAY);
  custodian.attend();
  await custodian.settled();
  await live(24);
  expect(dropped).toEqual([]);
  bench.clock.jump(-365 * DAY);
  bench.clock.advance(91 * DAY);
  bench.store.write((write) => {
    recordUpkeep(write, 'retention', null, { until: bench.clock.iso() });
  });
  await live(12);
  expect(dropped).toEqual(['r1']);
  await bench.dispose();
});
