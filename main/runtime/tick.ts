import type { Clock } from '../shared/clock.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Meter } from '../shared/meter.ts';
import { FailureError, messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { readFlag } from '../store/flag-store.ts';
import { nextIntentTime } from '../store/intent-store.ts';
import { nextCatchUp } from '../store/missed-time-store.ts';
import {
  listTimedProposals,
  nextProposalTime,
  transitionProposal,
  wakeProposal,
} from '../store/proposal-store.ts';
import { somethingQueued } from '../store/run-claim-store.ts';
import { listAwakeRuns, nextRunWake, snoozeRun } from '../store/run-snooze-store.ts';
import { nextAskExpiry } from '../store/run-ask-store.ts';
import { nextRetryTime } from '../store/run-retry-store.ts';
import { nextSourceCheck } from '../store/source-store.ts';
import type { Store } from '../store/store.ts';
import { createAlerts } from './alerts.ts';
import { expireAsks } from './asks.ts';
import { bringBackAccounts } from './bring-back-accounts.ts';
import { nextAccountTime } from './claim-blocks.ts';
import { claimNext } from './claim-next.ts';
import { createClockWatch } from './clock-watch.ts';
import { fireDue } from './fire-due.ts';
import type { Loop } from './loop.ts';
import type { Planner } from './planner.ts';
import { LEASE_MS, type LeaseKeeper } from './lease.ts';
import { recoverRuns } from './recovery.ts';
import type { Tidy } from './tidy-run.ts';

const SLOW_TICK_MS = 1_000;
const RETRY_MS = { least: 1_000, most: 60_000 };

/**
 * The one loop that owns time. A tick attends to plans, takes up runs that nobody has in hand, expires and wakes proposals, fires due
 * triggers, checks due sources, and claims runs up to the limit; then it sleeps until the next due time, at most the tick interval. A
 * committed change that makes work possible wakes it at once. Ticks never overlap; a wake during a tick is one more tick after it.
 * A tick that fails, such as on a full disk, is told in `problems` and tried again, 1 s later, then twice that, up to a minute.
 */
export interface Tick {
  /** Begins to listen and to attend to plans; work is claimed and looked for only after `work`. */
  start(): void;
  /** From now on runs are claimed, triggers fire and sources are checked. */
  work(): void;
  /**
   * From now on nothing new begins: no run is claimed, no trigger fires, no source is checked, no plan is written. What is in hand goes on,
   * and what became due meanwhile is found when `off`, or at the next start.
   */
  drain(on: boolean): void;
  /** Ticks soon, once, however often it is called. */
  wake(): void;
  /** Ticks now; for the API and tests. */
  once(): TickOutcome;
  status(): { ticks: number; lastTickMs: number; nextWakeAt: string | null };
  /** What keeps the loop from its work, for the owner; empty while all is well. */
  problems(): { tag: string; message: string; hint: string; since: string }[];
}

export interface TickOutcome {
  readonly fired: number;
  readonly claimed: number;
}

const WAKING = new Set([
  'runQueued',
  'permissionAsked',
  'runRetryChanged',
  'intentCreated',
  'intentChanged',
  'eventFired',
  'flagChanged',
  'proposalSnoozed',
  'runSnoozed',
  'projectAdded',
  'projectUpdated',
  'sourceChecked',
  'sourceFailed',
  'accountAdded',
  'accountChanged',
  'accountRemoved',
  'accountLimited',
  'accountBack',
  'accountDisabled',
  'accountEnabled',
]);
const PLANNING = new Set([
  'proposalApproved',
  'proposalPlanRequested',
  'proposalRevisionRequested',
  'proposalPlanCancelled',
  // A plan may be in work that nobody wants any more.
  'proposalRestored',
  'proposalSkipped',
  'proposalRejected',
]);
const LEAVING = new Set([
  'runBlocked',
  'runPaused',
  'runReadyToReview',
  'runCompleted',
  'runFailed',
  'runTimedOut',
  'runStopped',
]);

export function createTick(options: {
  store: Store;
  loop: Loop;
  planner: Planner;
  tidy: Tidy;
  clock: Clock;
  log: Log;
  meter: Meter;
  scope: Scope;
  leases: LeaseKeeper;
  /** Whether the disk has room for one more run; wakes the tick when that changes. */
  hasRoom: () => boolean;
  /** Looks for work in the sources whose time has come; it reports its own failures. */
  checkSources: () => void;
}): Tick {
  const { store, loop, planner, tidy, clock, log, scope, leases } = options;
  let ticks = 0;
  let lastTickMs = 0;
  let nextWakeAt: string | null = null;
  let cancel: (() => void) | null = null;
  let woken = false;
  let started = false;
  let working = false;
  let draining = false;
  let failures = 0;
  let problem: { tag: string; message: string; hint: string; since: string } | null = null;
  const jumped = createClockWatch(clock);
  const alerts = createAlerts({ store, clock, log });
  const background = new Set<Promise<void>>();
  scope.add('work of ticks', async () => {
    await Promise.all(background);
  });

  const tick: Tick = {
    start() {
      started = true;
      scope.add(
        'events',
        store.onCommit(({ events }) => {
          for (const { type } of events)
            if (WAKING.has(type) || PLANNING.has(type) || LEAVING.has(type)) tick.wake();
        }),
      );
      tick.wake();
    },
    work() {
      working = true;
      tick.wake();
    },
    drain(on) {
      draining = on;
      if (!on) tick.wake();
    },
    wake() {
      if (woken || !started || scope.closed) return;
      woken = true;
      // A macrotask of its own, so that the caller's transaction and reply are done first.
      setImmediate(() => {
        woken = false;
        if (!scope.closed) tick.once();
      });
    },
    once() {
      const began = clock.monotonic();
      const looked = clock.now();
      let outcome: TickOutcome = { fired: 0, claimed: 0 };
      try {
        if (!draining) planner.attend();
        if (working) {
          recover();
          settleTimedProposals();
          bringBackAccounts(store, clock);
          expireAsks(store, clock);
        }
        if (working && !draining) {
          noteJump();
          const { fired, more } = fireDue(store, clock, log);
          options.checkSources();
          outcome = { fired, claimed: claim() };
          alerts.check({ working: loop.active().length, claiming: !held() });
          if (more) tick.wake();
        }
        if (failures > 0) log.info('ticks go on', { after: failures });
        failures = 0;
        problem = null;
      } catch (error) {
        failures += 1;
        // Since the first of them in a row.
        problem = { ...problemOf(error), since: problem?.since ?? clock.iso() };
        log.error('a tick failed', { error: messageOf(error), failures });
      }
      ticks += 1;
      lastTickMs = clock.monotonic() - began;
      options.meter.record('tick', lastTickMs);
      if (lastTickMs > SLOW_TICK_MS) log.warn('slow tick', { ms: Math.round(lastTickMs) });
      sleep(looked);
      return outcome;
    },
    status: () => ({ ticks, lastTickMs, nextWakeAt }),
    problems: () => (problem === null ? [] : [problem]),
  };
  return tick;

  /** A clock that was set, or a machine that slept, explains what the schedule does next: it is told. */
  function noteJump(): void {
    const ms = jumped();
    if (ms === 0) return;
    log.warn('the clock jumped, or the machine slept', { ms });
    store.write((write) => {
      write.emit({
        type: 'clockJumped',
        entity: 'clock',
        entityId: 'clock',
        actor: 'runtime',
        payload: { ms },
      });
    });
  }

  /** Runs that work by the store and are in nobody's hands: this host holds the lock, so no other has them. */
  function recover(): void {
    const inHand = new Set(loop.active().map(({ runId }) => runId));
    const { adopt, ended } = recoverRuns(store, { inHand, clock, log });
    adopt.forEach(execute);
    for (const runId of ended) join(tidy.run(runId));
  }

  /** Whoever closes waits for the loop itself: it must let go of its children first. */
  function execute(runId: string): void {
    leases.keep();
    loop.execute(runId).then(
      () => {
        tick.wake();
      },
      (error: unknown) => {
        log.error('a run left the loop with a fault', { runId, error: messageOf(error) });
      },
    );
  }

  /** Work that a tick began and does not wait for; closing does. */
  function join(work: Promise<void>): void {
    const joined = work
      .catch((error: unknown) => {
        log.error('a worktree could not be removed', { error: messageOf(error) });
      })
      .finally(() => background.delete(joined));
    background.add(joined);
  }

  function settleTimedProposals(): void {
    const { expired, awake, runs } = store.read((read) => ({
      ...listTimedProposals(read, clock.iso()),
      runs: listAwakeRuns(read, clock.iso()),
    }));
    if (expired.length + awake.length + runs.length === 0) return;
    store.write((write) => {
      for (const id of runs) snoozeRun(write, id, null, 'runtime');
      for (const { id, version } of expired) transitionProposal(write, id, version, 'expire', 'runtime');
      for (const id of awake) wakeProposal(write, id);
    });
  }

  function held(): boolean {
    return store.read((read) => readFlag(read, 'runtime.hold')) === 'on';
  }

  function claim(): number {
    if (!store.read(somethingQueued) || !options.hasRoom()) return 0;
    const inHand = loop.active().map(({ runId }) => runId);
    const until = formatTime(clock.now() + LEASE_MS);
    // All that may start now in one transaction; each claim counts those before it.
    const claimed = store.write((write) => {
      const taken: string[] = [];
      for (;;) {
        const run = claimNext(write, until, inHand);
        if (run === null) return taken;
        taken.push(run);
      }
    });
    claimed.forEach(execute);
    return claimed.length;
  }

  /** Until what is due next; `looked` is when the tick that ends here began to look. */
  function sleep(looked: number): void {
    cancel?.();
    cancel = null;
    if (!started || scope.closed) return;
    const ms =
      failures > 0 ? Math.min(RETRY_MS.most, RETRY_MS.least * 2 ** (failures - 1)) : untilDue(looked);
    nextWakeAt = formatTime(clock.now() + ms);
    cancel = clock.after(scope, ms, () => {
      tick.once();
    });
  }

  function untilDue(looked: number): number {
    try {
      const interval = Number(store.read((read) => readFlag(read, 'runtime.tick_interval_ms')));
      const times = store
        .read((read) => [
          nextIntentTime(read),
          nextCatchUp(read, clock.iso()),
          nextProposalTime(read),
          nextRunWake(read),
          nextSourceCheck(read),
          nextRetryTime(read),
          nextAccountTime(read, clock.iso()),
          nextAskExpiry(read),
        ])
        // What was due when the tick looked is in hand, or held: its end wakes the loop. What became due since was not seen.
        .flatMap((time) =>
          time === null || parseTime(time) <= looked ? [] : [parseTime(time) - clock.now()],
        );
      return Math.max(50, Math.min(interval, ...times));
    } catch (error) {
      log.error('the next due time could not be read', { error: messageOf(error) });
      return RETRY_MS.most;
    }
  }
}

function problemOf(error: unknown): { tag: string; message: string; hint: string } {
  if (error instanceof FailureError) {
    const { tag, message, hint = 'Homer tries again by itself.' } = error.failure;
    return { tag, message, hint };
  }
  return {
    tag: 'tick_failed',
    message: `Homer's loop met a fault: ${messageOf(error)}`,
    hint: 'Homer tries again by itself; the log has the details.',
  };
}
