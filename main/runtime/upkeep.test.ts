import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutputFolders } from '../agents/process/output-folders.ts';
import { createSystemClock } from '../shared/clock.ts';
import { createSilentLog } from '../shared/log.ts';
import { ok } from '../shared/result.ts';
import { endRun } from '../store/end-run.ts';
import { writeFlag } from '../store/flag-store.ts';
import { insertDecision } from '../store/decision-store.ts';
import { appendRunEvents, listRunEvents } from '../store/run-event-store.ts';
import {
  addProject,
  addProposal,
  addRun,
  createTestStore,
  type TestStore,
} from '../store/testing/test-store.ts';
import { listUpkeep } from '../store/upkeep-store.ts';
import { clearOldData, previewOldData } from './clear-old-data.ts';
import { createUpkeep, type Upkeep } from './upkeep.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
let bench: TestStore;
let upkeep: Upkeep;
let working = false;
let forgotten: (readonly string[])[];
const forgetCommits = (_: string, runIds: readonly string[]) => {
  forgotten.push(runIds);
  return Promise.resolve(ok(runIds.length));
};

beforeEach(async () => {
  bench = await createTestStore();
  working = false;
  forgotten = [];
  upkeep = createUpkeep({
    ...bench,
    outputs: createOutputFolders(join(bench.folder, 'spool')),
    forgetCommits,
    log: createSilentLog(),
    idle: () => !working,
  });
});
afterEach(() => bench.dispose());

/** As many ticks as it takes until nothing is due. */
async function attend(): Promise<void> {
  for (let tick = 0; tick < 6; tick += 1) {
    upkeep.attend();
    await upkeep.settled();
  }
}
const scheduled = (): string[] =>
  bench.store
    .backups()
    .filter(({ reason }) => reason === 'scheduled')
    .map(({ createdAt }) => createdAt);

describe('scheduled backups', () => {
  it('are made once a day, beginning a while after the start, readable for the owner alone', async () => {
    await attend();
    expect(scheduled()).toEqual([]);
    bench.clock.advance(MINUTE);
    await attend();
    bench.clock.advance(20 * MINUTE);
    await attend();
    expect(scheduled()).toHaveLength(1);
    bench.clock.advance(DAY);
    await attend();
    expect(scheduled()).toHaveLength(2);
    const folder = join(bench.folder, 'backups');
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it.each([1, -1])('make no storm when the clock jumps by %i year', async (direction) => {
    bench.clock.advance(MINUTE);
    await attend();
    bench.clock.jump(direction * 365 * DAY);
    await attend();
    expect(scheduled()).toHaveLength(1);
    for (let hour = 0; hour < 4; hour += 1) {
      bench.clock.advance(20 * MINUTE);
      await attend();
    }
    expect(scheduled()).toHaveLength(2);
  });

  it('keep as many as the flag says, those made by hand besides', async () => {
    bench.store.write((write) => writeFlag(write, 'backup.keep', '2', 'tester'));
    await bench.store.backup('manual');
    bench.clock.advance(MINUTE);
    for (let day = 0; day < 4; day += 1) {
      await attend();
      bench.clock.advance(DAY);
    }
    expect(scheduled()).toEqual(['2026-01-04T00:01:00.000Z', '2026-01-03T00:01:00.000Z']);
    expect(bench.store.backups().map(({ reason }) => reason)).toEqual(['scheduled', 'scheduled', 'manual']);
  });

  it('that fail stand as a problem until one succeeds', async () => {
    writeFileSync(join(bench.folder, 'backups'), 'a file in the way');
    bench.clock.advance(MINUTE);
    await attend();
    expect(upkeep.problems()).toMatchObject([{ tag: 'backup_failed' }]);
    rmSync(join(bench.folder, 'backups'));
    bench.clock.advance(16 * MINUTE);
    await attend();
    expect([upkeep.problems(), scheduled().length]).toEqual([[], 1]);
  });

  it('are not made when the interval is 0', async () => {
    bench.store.write((write) => writeFlag(write, 'backup.interval_hours', '0', 'tester'));
    bench.clock.advance(DAY);
    await attend();
    expect(scheduled()).toEqual([]);
    expect(bench.store.read(listUpkeep).map(({ task }) => task)).toEqual(['full_check', 'retention']);
  });
});

describe('retention', () => {
  const outputs = () => createOutputFolders(join(bench.folder, 'spool'));
  /** A run with talk and evidence in its timeline, and raw output; ended when asked. */
  function talkative(ended: boolean): string {
    const id = bench.store.write((write) => {
      const run = addRun(write, addProject(write, `P${String(ended)}`));
      appendRunEvents(write, run, [
        { type: 'output', payload: { step: 1, stream: 'stdout', text: 'talk' } },
        { type: 'checkpoint', payload: { step: 1, commit: 'abc' } },
        { type: 'output', payload: { step: 1, stream: 'stdout', text: 'more' } },
      ]);
      if (ended) endRun(write, run, 'stop', 'owner');
      return run;
    });
    const spool = join(bench.folder, 'spool', id);
    mkdirSync(spool, { recursive: true });
    writeFileSync(join(spool, 'stdout'), 'x'.repeat(1_000));
    utimesSync(spool, 0, 0);
    return id;
  }
  const types = (id: string): string[] =>
    bench.store.read((read) => listRunEvents(read, id, { after: 0, limit: 100 })).map(({ type }) => type);
  const clear = () =>
    clearOldData({
      ...bench,
      outputs: outputs(),
      forgetCommits,
      log: createSilentLog(),
      goOn: () => true,
    });

  it('takes the talk and raw output of runs that ended long ago, and says beforehand how much', async () => {
    const [old, open] = [talkative(true), talkative(false)];
    bench.store.write((write) => addProposal(write));
    bench.clock.advance(100 * DAY);
    bench.store.write((write) => writeFlag(write, 'runtime.hold', 'on', 'tester'));
    const before = types(open);
    const promised = await previewOldData({ ...bench, outputs: outputs() });
    expect(promised).toMatchObject({ runEvents: 2, outputs: 1, outputBytes: 1_000 });
    expect(await clear()).toMatchObject(promised);
    expect(types(old)).toContain('checkpoint');
    expect(types(old)).toContain('status_changed');
    expect(types(old)).not.toContain('output');
    expect(types(open)).toEqual(before);
    expect([old, open].map((id) => existsSync(join(bench.folder, 'spool', id)))).toEqual([false, true]);
    expect(bench.store.read((read) => read.prepare('SELECT COUNT(*) AS n FROM domain_event').get())).toEqual({
      n: 1,
    });
    expect(await clear()).toMatchObject({ runEvents: 0, domainEvents: 0, outputs: 0, outputBytes: 0 });
  });

  it('takes nothing that is young, nor anything when the flags are 0, and never a decision', async () => {
    const id = talkative(true);
    bench.store.write((write) => {
      insertDecision(write, {
        entity: 'run',
        entityId: id,
        entityVersion: 1,
        action: 'stop',
        actor: { name: 'owner', channel: 'cli' },
        since: bench.clock.iso(),
        snapshot: {},
      });
    });
    const all = types(id);
    await clear();
    expect(types(id)).toEqual(all);
    bench.clock.advance(1_000 * DAY);
    bench.store.write((write) => {
      writeFlag(write, 'retention.events_days', '0', 'tester');
      writeFlag(write, 'retention.output_days', '0', 'tester');
    });
    expect(await clear()).toMatchObject({ runEvents: 0, domainEvents: 0, outputs: 0, outputBytes: 0 });
    bench.store.write((write) => writeFlag(write, 'retention.events_days', '1', 'tester'));
    await clear();
    expect(bench.store.read((read) => read.prepare('SELECT COUNT(*) AS n FROM decision').get())).toEqual({
      n: 1,
    });
  });
});

describe('what deletes', () => {
  const YEAR = 365 * DAY;
  const kept = (): [number, number, number] => {
    const rows = (table: string): number =>
      Number(bench.store.read((read) => read.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get())?.['n']);
    return [rows('domain_event'), rows('run_event'), readdirSync(join(bench.folder, 'spool')).length];
  };
  /** Lives through hours as the loop does, looking every 20 minutes. */
  async function live(hours: number): Promise<void> {
    for (let look = 0; look < hours * 3; look += 1) {
      bench.clock.advance(20 * MINUTE);
      await attend();
    }
  }
  function work(): void {
    const run = bench.store.write((write) => {
      const id = addRun(write, addProject(write, 'Jumps'));
      appendRunEvents(write, id, [{ type: 'output', payload: { step: 1, stream: 'stdout', text: 'talk' } }]);
      endRun(write, id, 'stop', 'owner');
      return id;
    });
    const spool = join(bench.folder, 'spool', run);
    mkdirSync(spool, { recursive: true });
    utimesSync(spool, bench.clock.now() / 1_000, bench.clock.now() / 1_000);
  }
  const runEventsAndOutputs = (): number[] => kept().slice(1);

  it('leaves everything when the clock jumps a year ahead and back', async () => {
    work();
    await live(30);
    const before = runEventsAndOutputs();
    const events = kept()[0];
    bench.clock.jump(YEAR);
    await attend();
    bench.clock.advance(50 * MINUTE);
    await attend();
    bench.clock.jump(-YEAR);
    await live(3);
    expect(runEventsAndOutputs()).toEqual(before);
    expect(kept()[0]).toBeGreaterThanOrEqual(events);
  });

  it('does not take a clock that stays a year ahead at its word, beyond a week a day', async () => {
    work();
    await live(2);
    const before = runEventsAndOutputs();
    bench.clock.jump(YEAR);
    await live(48);
    expect(runEventsAndOutputs()).toEqual(before);
    bench.clock.jump(-YEAR);
    await live(26);
    expect(runEventsAndOutputs()).toEqual(before);
  });

  it('still deletes what is old once the clock has been steady for an hour, after a long time off as well', async () => {
    work();
    await live(2);
    const [before] = runEventsAndOutputs();
    bench.clock.jump(120 * DAY);
    await live(24 * 20);
    const [events = 0, outputs] = runEventsAndOutputs();
    expect(events).toBeLessThan(before ?? 0);
    expect(outputs).toBe(0);
  });

  it('keeps backups while the clock is not steady', async () => {
    bench.store.write((write) => writeFlag(write, 'backup.keep', '1', 'tester'));
    await live(2);
    bench.clock.jump(2 * DAY);
    bench.clock.advance(20 * MINUTE);
    await attend();
    expect(scheduled()).toHaveLength(2);
    await live(26);
    expect(scheduled()).toHaveLength(1);
  });

  it('lets go of commits long after a run, but not of what may be retried or applied again', async () => {
    const [old, undone, failed] = bench.store.write((write) => {
      const ids = ['a', 'b', 'c'].map((name) => addRun(write, addProject(write, name)));
      write
        .prepare(
          `UPDATE run SET status = 'applied', head_commit = 'c1', ended_at = '2026-01-01T00:00:00.000Z'`,
        )
        .run();
      write.prepare(`UPDATE run SET rolled_back_commit = 'd1' WHERE id = ?`).run(ids[1]);
      write.prepare(`UPDATE intent SET status = 'completed'`).run();
      write
        .prepare(`UPDATE intent SET status = 'failed' WHERE id = (SELECT intent_id FROM run WHERE id = ?)`)
        .run(ids[2]);
      return ids;
    });
    const clear = () =>
      clearOldData({
        ...bench,
        outputs: createOutputFolders(join(bench.folder, 'spool')),
        forgetCommits,
        log: createSilentLog(),
        goOn: () => true,
      });
    bench.clock.advance(364 * DAY);
    expect((await clear()).commits).toBe(0);
    bench.clock.advance(2 * DAY);
    expect((await clear()).commits).toBe(1);
    expect(forgotten).toEqual([[old]]);
    expect([undone, failed].every((id) => id !== undefined)).toBe(true);
    bench.store.write((write) => writeFlag(write, 'retention.commits_days', '0', 'tester'));
    expect((await clear()).commits).toBe(0);
  });
});

describe('compaction', () => {
  it('gives free space back while nothing works, and not before', async () => {
    const system = createSystemClock();
    upkeep = createUpkeep({
      ...bench,
      clock: { ...bench.clock, sleep: (scope, ms) => system.sleep(scope, ms) },
      outputs: createOutputFolders(join(bench.folder, 'spool')),
      forgetCommits,
      log: createSilentLog(),
      idle: () => !working,
    });
    bench.store.write((write) => {
      for (let count = 0; count < 500; count += 1) addProposal(write, { content: 'x'.repeat(20_000) });
    });
    bench.store.write((write) => write.prepare('DELETE FROM proposal').run());
    bench.clock.advance(MINUTE);
    working = true;
    await attend();
    const full = bench.store.file.space();
    expect(full.freeBytes).toBeGreaterThan(8_000_000);
    working = false;
    bench.clock.advance(20 * MINUTE);
    await attend();
    const small = bench.store.file.space();
    expect(small.bytes).toBeLessThan(full.bytes / 4);
    expect(small.walBytes).toBeLessThan(100_000);
    expect(bench.store.check(true)).toEqual([]);
  });
});
