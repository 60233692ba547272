import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Trigger } from '../../domain/intent/intent.ts';
import { defaultPathPolicy } from '../../domain/risk/path-policy.ts';
import { defaultBudget } from '../../domain/run/budget.ts';
import { createManualClock, type ManualClock } from '../../shared/clock.ts';
import { createIds } from '../../shared/ids.ts';
import { createSilentLog } from '../../shared/log.ts';
import { unwrap } from '../../shared/result.ts';
import { createScope } from '../../shared/scope.ts';
import { endRun } from '../../store/end-run.ts';
import { getIntent, insertIntent, type NewIntent } from '../../store/intent-store.ts';
import { listMissed } from '../../store/missed-time-store.ts';
import { insertProject } from '../../store/project-store.ts';
import { openStore, type Store } from '../../store/store.ts';
import { nextDue } from '../next-due.ts';
import { fireDue } from '../fire-due.ts';

/** A schedule over a real store on a clock that stands still until told. Runs are queued and end when a test says so; none works. */
export interface ScheduleRoom {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly projectId: string;
  add(trigger: Trigger, fields?: Partial<NewIntent>): string;
  /** What one tick does with due times, until nothing more is due; gives how many runs were queued. */
  fire(): number;
  /** Lets time pass and fires each time something is due; runs end at once unless `work` is true. */
  pass(ms: number, stepMs: number, work?: boolean): void;
  /** Ends every run that is not ended. */
  endRuns(): void;
  /** Planned times that have a run, in the order of the runs. */
  ran(intentId: string): string[];
  next(intentId: string): string | null;
  /** `outcome nominal` of each missed time, oldest first; a row for several says how many. */
  missed(intentId: string): string[];
  dispose(): Promise<void>;
}

export async function createScheduleRoom(startIso?: string): Promise<ScheduleRoom> {
  const folder = mkdtempSync(join(tmpdir(), 'homer-schedule-'));
  const clock = createManualClock(startIso);
  const scope = createScope('schedule test');
  const log = createSilentLog();
  const store = unwrap(
    await openStore({
      folder,
      migrationsFolder: join(import.meta.dirname, '../../../migrations'),
      clock,
      ids: createIds(clock),
      log,
      scope,
    }),
  );
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
  const room: ScheduleRoom = {
    store,
    clock,
    projectId,
    add: (trigger, fields = {}) =>
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
              ...fields,
            },
            'owner',
          ).id,
      ),
    fire() {
      let total = 0;
      for (let more = true; more;) {
        const outcome = fireDue(store, clock, log);
        total += outcome.fired;
        more = outcome.more;
      }
      return total;
    },
    pass(ms, stepMs, work = false) {
      for (let left = ms; left > 0; left -= stepMs) {
        clock.advance(Math.min(stepMs, left));
        room.fire();
        if (!work) room.endRuns();
      }
    },
    endRuns() {
      const open = store.read((read) => read.prepare(`SELECT id FROM run WHERE ended_at IS NULL`).all());
      if (open.length === 0) return;
      store.write((write) => {
        for (const row of open) endRun(write, String(row['id']), 'stop', 'owner');
      });
    },
    ran: (intentId) =>
      store.read((read) =>
        read
          .prepare('SELECT nominal_at FROM run WHERE intent_id = ? ORDER BY number')
          .all(intentId)
          .map((row) => String(row['nominal_at'])),
      ),
    next: (intentId) => store.read((read) => getIntent(read, intentId).nextDueAt),
    missed: (intentId) =>
      store
        .read((read) => listMissed(read, intentId, 1_000))
        .reverse()
        .map(
          ({ outcome, nominalAt, count, atLeast }) =>
            `${outcome} ${nominalAt}${count > 1 ? ` x${String(count)}${atLeast ? '+' : ''}` : ''}`,
        ),
    async dispose() {
      await scope.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return room;
}
