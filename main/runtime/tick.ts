import type { Clock } from '../shared/clock.ts';
import { parseTime, formatTime } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { readFlag } from '../store/flag-store.ts';
import { nextIntentTime } from '../store/intent-store.ts';
import {
  listTimedProposals,
  nextProposalTime,
  transitionProposal,
  wakeProposal,
} from '../store/proposal-store.ts';
import { claimRun } from '../store/run-store.ts';
import { nextSourceCheck } from '../store/source-store.ts';
import type { Store } from '../store/store.ts';
import { fireDue } from './fire-due.ts';
import type { Loop } from './loop.ts';
import type { Planner } from './planner.ts';

const SLOW_TICK_MS = 1_000;
const LEASE_MS = 24 * 3_600_000;

/**
 * The one loop that owns time. A tick expires and wakes proposals, fires due triggers, checks due sources, attends to plans, and claims
 * runs up to the limit; then it sleeps until the next due time, at most the tick interval. A committed change that makes work possible
 * wakes it at once. Ticks never overlap; a wake during a tick is one more tick after it.
 */
export interface Tick {
  /** Begins to listen and to attend to plans; work is claimed and looked for only after `work`. */
  start(): void;
  /** From now on runs are claimed, triggers fire and sources are checked. */
  work(): void;
  /** Ticks soon, once, however often it is called. */
  wake(): void;
  /** Ticks now; for the API and tests. */
  once(): TickOutcome;
  status(): { ticks: number; lastTickMs: number; nextWakeAt: string | null };
}

export interface TickOutcome {
  readonly fired: number;
  readonly claimed: number;
}

const WAKING = new Set([
  'runQueued',
  'intentCreated',
  'intentChanged',
  'flagChanged',
  'proposalSnoozed',
  'projectAdded',
  'sourceChecked',
  'sourceFailed',
]);
const PLANNING = new Set([
  'proposalApproved',
  'proposalPlanRequested',
  'proposalRevisionRequested',
  'proposalPlanCancelled',
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
  clock: Clock;
  log: Log;
  scope: Scope;
  owner: string;
  /** Looks for work in the sources whose time has come; it reports its own failures. */
  checkSources: () => void;
}): Tick {
  const { store, loop, planner, clock, log, scope, owner } = options;
  let ticks = 0;
  let lastTickMs = 0;
  let nextWakeAt: string | null = null;
  let cancel: (() => void) | null = null;
  let woken = false;
  let started = false;
  let working = false;

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
      let outcome: TickOutcome = { fired: 0, claimed: 0 };
      try {
        planner.attend();
        if (working) {
          settleTimedProposals();
          const fired = fireDue(store, clock, log);
          options.checkSources();
          outcome = { fired, claimed: claim() };
        }
      } catch (error) {
        log.error('a tick failed', { error: messageOf(error) });
      }
      ticks += 1;
      lastTickMs = clock.monotonic() - began;
      if (lastTickMs > SLOW_TICK_MS) log.warn('slow tick', { ms: Math.round(lastTickMs) });
      sleep();
      return outcome;
    },
    status: () => ({ ticks, lastTickMs, nextWakeAt }),
  };
  return tick;

  function settleTimedProposals(): void {
    const { expired, awake } = store.read((read) => listTimedProposals(read, clock.iso()));
    if (expired.length + awake.length === 0) return;
    store.write((write) => {
      for (const { id, version } of expired) transitionProposal(write, id, version, 'expire', 'runtime');
      for (const id of awake) wakeProposal(write, id);
    });
  }

  function claim(): number {
    if (store.read((read) => readFlag(read, 'runtime.hold')) === 'on') return 0;
    const limit = Number(store.read((read) => readFlag(read, 'runtime.max_concurrent_runs')));
    let claimed = 0;
    while (loop.active().length < limit) {
      const run = store.write((write) => claimRun(write, owner, formatTime(clock.now() + LEASE_MS)));
      if (!run) break;
      claimed += 1;
      void loop.execute(run.id).then(() => {
        tick.wake();
      });
    }
    return claimed;
  }

  function sleep(): void {
    cancel?.();
    cancel = null;
    if (!started || scope.closed) return;
    const interval = Number(store.read((read) => readFlag(read, 'runtime.tick_interval_ms')));
    const times = store
      .read((read) => [nextIntentTime(read), nextProposalTime(read), nextSourceCheck(read)])
      // What is overdue is in hand already, or held; its end wakes the loop.
      .flatMap((time) =>
        time === null || parseTime(time) <= clock.now() ? [] : [parseTime(time) - clock.now()],
      );
    const ms = Math.max(50, Math.min(interval, ...times));
    nextWakeAt = formatTime(clock.now() + ms);
    cancel = clock.after(scope, ms, () => {
      tick.once();
    });
  }
}
