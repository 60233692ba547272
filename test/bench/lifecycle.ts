import path from 'node:path';
import { endRun } from '../../main/store/end-run.ts';
import { claimRun } from '../../main/store/run-claim-store.ts';
import { appendRunEvents } from '../../main/store/run-event-store.ts';
import { transitionRun } from '../../main/store/transition-run.ts';
import { figure, median, type Figure } from './figure.ts';
import { openPeers } from './peer-queues.ts';
import { enqueueOne, fillQueue, openQueueStore, type QueueStore } from './queue-store.ts';
import { openRawQueue, type RawQueue } from './raw-queue.ts';

const CHUNK = 40;
const CHUNKS = 12;
const GROUP = 10;
const QUEUED = 5_000;
const UNTIL = '2100-01-01T00:00:00.000Z';

/**
 * What the store makes of runs: claim and complete, whole lives in groups, many queued at once, and all of it with ten times the data.
 * Everything is taken in small chunks in turn, so that whatever else the machine does meets each of them alike; the median chunk counts.
 */
export async function benchLifecycle(): Promise<Figure[]> {
  const rates: Record<string, number[]> = {};
  const measure = async (name: string, runs: number, work: () => void | Promise<void>): Promise<void> => {
    const began = performance.now();
    await work();
    (rates[name] ??= []).push(runs / ((performance.now() - began) / 1_000));
  };
  const of = (name: string): number[] => rates[name] ?? [];

  const place = await openQueueStore('lifecycle');
  fillQueue(place.store, place.projectId, QUEUED);
  const raws = (['FULL', 'NORMAL'] as const).map((synchronous) => {
    const file = path.join(place.folder, `raw-${synchronous}.sqlite`);
    place.store.read((read) => read.prepare('VACUUM INTO ?').run(file));
    return openRawQueue(file, synchronous);
  });
  // Both start with nothing left to move from the log into the file.
  place.store.read((read) => read.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get());
  const [raw, rawNormal] = raws as [RawQueue, RawQueue];
  const peers = await openPeers(CHUNK * CHUNKS);
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    await measure('claim', CHUNK, () => {
      claimAndComplete(place, CHUNK);
    });
    await measure('raw claim', CHUNK, () => {
      rawClaimAndComplete(raw, CHUNK);
    });
    for (const peer of peers) await measure(peer.name, CHUNK, () => peer.work(CHUNK));
  }
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    await measure('life', CHUNK, () => liveInGroups(place, CHUNK));
    await measure('raw life', CHUNK, () => {
      for (let count = 0; count < CHUNK; count += GROUP) rawLives(raw, GROUP);
    });
    await measure('raw NORMAL', CHUNK, () => {
      for (let count = 0; count < CHUNK; count += 1) rawLives(rawNormal, 1);
    });
  }
  const MANY = 500;
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    await measure('enqueue', MANY, () => {
      place.store.write((write) => {
        for (let count = 0; count < MANY; count += 1) enqueueOne(write, place.projectId, count);
      });
    });
    await measure('raw enqueue', MANY, () => {
      raw.db.transaction(() => {
        for (let count = 0; count < MANY; count += 1) raw.enqueue(chunk * MANY + count);
      })();
    });
  }
  for (const one of raws) one.close();
  for (const peer of peers) peer.close();
  await place.close();

  const [small, large] = [await openQueueStore('small'), await openQueueStore('large')];
  fillQueue(small.store, small.projectId, 10_000);
  fillQueue(large.store, large.projectId, 100_000);
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    await measure('10,000', CHUNK, () => {
      claimAndComplete(small, CHUNK);
    });
    await measure('100,000', CHUNK, () => {
      claimAndComplete(large, CHUNK);
    });
  }
  await small.close();
  await large.close();

  return [
    figure({
      name: 'claim and complete of a run, synchronous FULL',
      unit: 'runs/s',
      values: of('claim'),
      baselines: of('raw claim'),
      against: 'raw SQLite writing the same rows to the same tables in the same two transactions',
      goal: 'at least 0.7 of raw',
      met: (value, baseline) => value >= 0.7 * baseline,
    }),
    ...peers.map((peer) => peer.figure(of('claim'), of(peer.name))),
    figure({
      name: 'lifecycle, 5 transitions and 20 events, FULL, ten runs at a time',
      unit: 'runs/s',
      values: of('life'),
      baselines: of('raw life'),
      against: 'raw SQLite, the same rows, ten runs to a transaction',
      goal: 'at least 0.5 of raw, and better than raw at NORMAL one by one',
      met: (value, baseline) => value >= 0.5 * baseline && value > median(of('raw NORMAL')),
      note: `raw at NORMAL, one by one: ${Math.round(median(of('raw NORMAL'))).toString()}`,
    }),
    figure({
      name: 'enqueue of 500 runs at once',
      unit: 'runs/s',
      values: of('enqueue'),
      baselines: of('raw enqueue'),
      against: 'raw SQLite, the same rows, one transaction',
      goal: 'at least 0.8 of raw',
      met: (value, baseline) => value >= 0.8 * baseline,
    }),
    figure({
      name: 'claim and complete with 100,000 queued',
      unit: 'runs/s',
      values: of('100,000'),
      baselines: of('10,000'),
      against: 'the same with 10,000 queued',
      goal: 'at most 1.5 times the time',
      met: (value, baseline) => value * 1.5 >= baseline,
    }),
  ];
}

function claimAndComplete({ store }: QueueStore, runs: number): void {
  for (let count = 0; count < runs; count += 1) {
    const run = store.write((write) => claimRun(write, UNTIL));
    if (!run) throw new Error('nothing to claim');
    store.write((write) => {
      transitionRun(write, run.id, 'end_turn', 'runtime');
      endRun(write, run.id, 'complete', 'runtime');
    });
  }
}

function rawClaimAndComplete(raw: RawQueue, runs: number): void {
  const claim = raw.db.transaction(() => raw.claim());
  const complete = raw.db.transaction((run: { id: string; intent_id: string }) => {
    raw.move(run.id, 'running', 'validating');
    raw.end(run, 'validating');
  });
  for (let count = 0; count < runs; count += 1) complete.immediate(claim.immediate());
}

/** Ten at a time live side by side, each change given on its own; the store groups what comes in one turn. */
async function liveInGroups({ store }: QueueStore, runs: number): Promise<void> {
  const live = async (): Promise<void> => {
    const run = await store.writeSoon((write) => claimRun(write, UNTIL));
    if (!run) throw new Error('nothing to claim');
    const says = (count: number): Promise<number> =>
      store.writeSoon((write) =>
        appendRunEvents(
          write,
          run.id,
          Array.from({ length: count }, () => ({
            type: 'message' as const,
            payload: { step: 1, text: 'a line of what the agent says' },
          })),
        ),
      );
    const move = (on: 'end_turn' | 'next_step'): Promise<unknown> =>
      store.writeSoon((write) => transitionRun(write, run.id, on, 'runtime'));
    await says(10);
    await move('end_turn');
    await move('next_step');
    await says(10);
    await move('end_turn');
    await store.writeSoon((write) => {
      endRun(write, run.id, 'complete', 'runtime');
    });
  };
  for (let count = 0; count < runs; count += GROUP) await Promise.all(Array.from({ length: GROUP }, live));
}

/** The same lives in the same seven transactions. */
function rawLives(raw: RawQueue, group: number): void {
  const each = (work: (run: { id: string; intent_id: string }) => void): void => {
    raw.db.transaction(() => {
      runs.forEach(work);
    })();
  };
  const runs = raw.db.transaction(() => Array.from({ length: group }, () => raw.claim()))();
  const says = (): void => {
    each(({ id }) => {
      for (let count = 0; count < 10; count += 1) raw.event(id);
    });
  };
  says();
  each(({ id }) => {
    raw.move(id, 'running', 'validating');
  });
  each(({ id }) => {
    raw.move(id, 'validating', 'running');
  });
  says();
  each(({ id }) => {
    raw.move(id, 'running', 'validating');
  });
  each((run) => {
    raw.end(run, 'validating');
  });
}
