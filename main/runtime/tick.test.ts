import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Trigger } from '../domain/intent/intent.ts';
import { defaultPathPolicy } from '../domain/risk/path-policy.ts';
import { defaultBudget } from '../domain/run/budget.ts';
import { createManualClock, type ManualClock } from '../shared/clock.ts';
import { createIds } from '../shared/ids.ts';
import { createSilentLog } from '../shared/log.ts';
import { unwrap } from '../shared/result.ts';
import { createMeter } from '../shared/meter.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import { endRun } from '../store/end-run.ts';
import { getIntent, insertIntent } from '../store/intent-store.ts';
import { insertProject } from '../store/project-store.ts';
import { getProposal, insertProposal, updateProposal } from '../store/proposal-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import { openStore, type Store } from '../store/store.ts';
import { nextDue } from './next-due.ts';
import { createTick, type Tick } from './tick.ts';

interface Room {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly tick: Tick;
  readonly claimed: string[];
  readonly projectId: string;
  readonly scope: Scope;
  readonly folder: string;
  problem: Error | null;
  duringSources: () => void;
  intent(trigger: Trigger): string;
  nominal(intentId: string): (string | number | null)[];
}

let room: Room;
afterEach(async () => {
  await room.scope.close();
  rmSync(room.folder, { recursive: true, force: true });
});

test('an interval fires once for each nominal time, however late the tick, and does not drift', async () => {
  room = await makeRoom();
  const id = room.intent({ type: 'interval', everyMs: 60_000 });
  room.clock.advance(75_000);
  room.tick.once();
  room.tick.once();
  expect(room.nominal(id)).toEqual(['2026-01-01T00:01:00.000Z']);
  expect(next(id)).toBe('2026-01-01T00:02:00.000Z');
  endLast();
  room.clock.jump(8 * 3_600_000);
  room.tick.once();
  expect(room.nominal(id)).toEqual(['2026-01-01T00:01:00.000Z', '2026-01-01T08:01:00.000Z']);
  expect(next(id)).toBe('2026-01-01T08:02:00.000Z');
});

test('a clock that is set back fires nothing a second time', async () => {
  room = await makeRoom();
  const id = room.intent({ type: 'cron', expression: '0 * * * *', zone: 'UTC' });
  const fired = ['2026-01-01T01:00:00.000Z', '2026-01-01T02:00:00.000Z'];
  const anHour = (): void => {
    room.clock.advance(3_600_000);
    room.tick.once();
    if (room.claimed.length > 0) endLast();
  };
  anHour();
  anHour();
  room.clock.jump(-2 * 3_600_000);
  room.tick.once();
  expect(next(id)).toBe('2026-01-01T03:00:00.000Z');
  anHour();
  anHour();
  expect(room.nominal(id)).toEqual(fired);
  anHour();
  expect(room.nominal(id)).toEqual([...fired, '2026-01-01T03:00:00.000Z']);
});

test('a trigger for one time fires then and never again, and while its run works another does not start', async () => {
  room = await makeRoom();
  const id = room.intent({ type: 'once', at: '2026-01-01T00:10:00.000Z' });
  room.tick.once();
  expect(room.nominal(id)).toEqual([]);
  room.clock.advance(600_000);
  room.tick.once();
  room.clock.advance(600_000);
  room.tick.once();
  expect(room.nominal(id)).toEqual(['2026-01-01T00:10:00.000Z']);
  expect(room.claimed).toHaveLength(1);
});

test('the loop sleeps until the next due time and wakes for it by itself', async () => {
  room = await makeRoom();
  const id = room.intent({ type: 'interval', everyMs: 30_000 });
  room.tick.once();
  expect(room.tick.status().nextWakeAt).toBe('2026-01-01T00:00:30.000Z');
  room.clock.advance(30_000);
  expect(room.nominal(id)).toHaveLength(1);
});

test('what falls due while a tick is at work is seen at once, not at the end of the longest sleep', async () => {
  room = await makeRoom();
  const id = room.intent({ type: 'interval', everyMs: 30_000 });
  room.clock.advance(29_990);
  // Sources are looked at after triggers: the time passes in between.
  room.duringSources = () => {
    room.clock.jump(15);
  };
  room.tick.once();
  room.duringSources = () => undefined;
  expect(room.nominal(id)).toEqual([]);
  room.clock.advance(60);
  expect(room.nominal(id)).toEqual(['2026-01-01T00:00:30.000Z']);
});

test('while it drains nothing fires and nothing is claimed, and what became due is found afterwards', async () => {
  room = await makeRoom();
  const id = room.intent({ type: 'interval', everyMs: 60_000 });
  room.tick.drain(true);
  room.clock.advance(75_000);
  room.tick.once();
  expect(room.nominal(id)).toEqual([]);
  expect(room.claimed).toEqual([]);
  room.tick.drain(false);
  room.tick.once();
  expect(room.nominal(id)).toEqual(['2026-01-01T00:01:00.000Z']);
  expect(room.claimed).toHaveLength(1);
});

test('a proposal expires at its time, and a snoozed one comes back at its own', async () => {
  room = await makeRoom();
  const make = (title: string, expiresAt: string | null): string =>
    room.store.write((write) => {
      const id = insertProposal(
        write,
        {
          title,
          summary: '',
          content: '',
          source: 'owner',
          sourceRef: '',
          fingerprint: title,
          relevance: 10,
          projectId: room.projectId,
          goalId: null,
          parentId: null,
          expiresAt,
        },
        'owner',
      );
      return id ?? '';
    });
  const stale = make('Stale', '2026-01-01T00:05:00.000Z');
  const later = make('Later', null);
  const stageOf = (id: string) => room.store.read((read) => getProposal(read, id));
  room.store.write((write) => {
    updateProposal(
      write,
      later,
      stageOf(later).version,
      { snoozedUntil: '2026-01-01T00:10:00.000Z' },
      'owner',
    );
  });
  room.tick.once();
  room.clock.advance(300_000);
  expect([stageOf(stale).stage, stageOf(later).snoozedUntil]).toEqual([
    'archived',
    '2026-01-01T00:10:00.000Z',
  ]);
  room.clock.advance(300_000);
  expect(stageOf(later).snoozedUntil).toBeNull();
});

test('a proposal snoozed under a clock that was a year ahead comes back when that is set right', async () => {
  room = await makeRoom();
  const YEAR = 365 * 86_400_000;
  room.clock.jump(YEAR);
  const id = room.store.write((write) => {
    const made =
      insertProposal(
        write,
        {
          title: 'Later',
          summary: '',
          content: '',
          source: 'owner',
          sourceRef: '',
          fingerprint: 'later',
          relevance: 10,
          projectId: room.projectId,
          goalId: null,
          parentId: null,
          expiresAt: null,
        },
        'owner',
      ) ?? '';
    updateProposal(write, made, 1, { snoozedUntil: '2027-01-02T00:00:00.000Z' }, 'owner');
    return made;
  });
  const snoozed = () => room.store.read((read) => getProposal(read, id)).snoozedUntil;
  room.tick.once();
  expect(snoozed()).not.toBeNull();
  room.clock.jump(-YEAR);
  room.tick.once();
  expect(snoozed()).toBeNull();
});

test('a tick that fails is told, tried again with growing pauses, and forgotten when it works', async () => {
  room = await makeRoom();
  room.problem = new Error('the sources are on fire');
  room.tick.once();
  expect(room.tick.problems()).toMatchObject([{ tag: 'tick_failed' }]);
  expect(room.tick.status().nextWakeAt).toBe('2026-01-01T00:00:01.000Z');
  room.clock.advance(1_000);
  expect(room.tick.status().nextWakeAt).toBe('2026-01-01T00:00:03.000Z');
  room.problem = null;
  room.clock.advance(2_000);
  expect(room.tick.problems()).toEqual([]);
});

async function makeRoom(): Promise<Room> {
  const folder = mkdtempSync(join(tmpdir(), 'homer-tick-'));
  const clock = createManualClock();
  const scope = createScope('tick test');
  const log = createSilentLog();
  const ids = createIds(clock);
  const store = unwrap(
    await openStore({
      folder,
      migrationsFolder: join(import.meta.dirname, '../../migrations'),
      clock,
      ids,
      log,
      scope,
    }),
  );
  const claimed: string[] = [];
  const made = {
    problem: null as Error | null,
    duringSources: (): void => undefined,
  };
  const tick = createTick({
    meter: createMeter(),
    store,
    loop: {
      execute: (runId) => {
        claimed.push(runId);
        return new Promise(() => undefined);
      },
      interrupt: () => Promise.resolve(),
      letGo: () => undefined,
      active: () =>
        store.read((read) =>
          read
            .prepare(`SELECT id FROM run WHERE status = 'running'`)
            .all()
            .map((row) => ({ runId: String(row['id']), pid: null })),
        ),
    },
    planner: { attend: () => undefined, settled: () => Promise.resolve() },
    tidy: { run: () => Promise.resolve(), leftovers: () => Promise.resolve() },
    clock,
    log,
    scope,
    leases: { keep: () => undefined },
    hasRoom: () => true,
    checkSources: () => {
      made.duringSources();
      if (made.problem) throw made.problem;
    },
  });
  const projectId = store.write(
    (write) =>
      insertProject(
        write,
        {
          name: 'p',
          localPath: folder,
          defaultBranch: 'main',
          testCommand: '',
          setupCommand: '',
          testTimeoutMs: 1_000,
          pathPolicy: defaultPathPolicy,
          riskProfile: 'trusted',
          sensitivePatterns: [],
          defaultExecutor: 'shell',
          shellCommand: 'true',
          autoApply: false,
          maxRuns: null,
          planner: '',
          demo: false,
        },
        'owner',
      ).id,
  );
  tick.start();
  tick.work();
  return Object.assign(made, {
    store,
    clock,
    tick,
    claimed,
    projectId,
    scope,
    folder,
    intent: (trigger: Trigger) =>
      store.write(
        (write) =>
          insertIntent(
            write,
            {
              name: 'Due',
              description: '',
              intentType: 'recurring',
              query: 'Work',
              contextFiles: [],
              lane: '',
              executor: 'shell',
              model: null,
              trigger,
              execution: {
                v: 1,
                runType: 'agent',
                shellCommand: 'true',
                executorLabel: null,
                dryRun: false,
                verbose: false,
                budget: defaultBudget,
                testCommand: null,
                metadata: {},
              },
              priority: 50,
              enabled: true,
              nextDueAt: unwrap(nextDue(trigger, clock.now())),
              misfirePolicy: 'run_once',
              source: 'user',
              sourceProposalId: null,
              goalId: null,
              projectId,
            },
            'owner',
          ).id,
      ),
    nominal: (intentId: string) =>
      store.read((read) =>
        read
          .prepare('SELECT nominal_at FROM run WHERE intent_id = ? ORDER BY number')
          .all(intentId)
          .map((row) => row['nominal_at'] ?? null),
      ),
  });
}

function next(intentId: string): string | null {
  return room.store.read((read) => getIntent(read, intentId).nextDueAt);
}

/** Ends the run claimed last, as its loop would. */
function endLast(): void {
  const id = room.claimed.pop() ?? '';
  room.store.write((write) => {
    transitionRun(write, id, 'end_turn', 'runtime');
    endRun(write, id, 'complete', 'runtime');
  });
}
