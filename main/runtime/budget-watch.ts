import { budgetSpent, type Budget, type Spent } from '../domain/run/budget.ts';
import type { NewRunEvent } from '../domain/run/run-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { Scope } from '../shared/scope.ts';

/**
 * Holds a run to its budget while it works, whatever of it works at the same time: turns of stages side by side, and tests. What is
 * under way counts together with what is settled; the event that spends the budget ends all of them, so that it is exceeded by no
 * more than that event. Time is the time of each, added up: two stages side by side spend it twice as fast.
 */
export interface BudgetWatch {
  /** Something begins to spend. `stop` ends it when the budget is spent; it is called at most once. */
  begin(stop: () => void, from?: { elapsedMs: number; tokens: number; costMicroUsd: number }): Spending;
  /** Milliseconds left for one more that begins now; at least 0. */
  leftMs(): number;
}

export interface Spending {
  used(events: readonly NewRunEvent[]): void;
  /** While held, it waits for its owner, and no time is counted. */
  hold(waiting: boolean): void;
  /** True once the budget ended it. */
  readonly stopped: boolean;
  /** It has ended and is settled, or is about to be in the same turn of the event loop. */
  end(): void;
}

export function createBudgetWatch(options: {
  clock: Clock;
  scope: Scope;
  budget: Budget;
  /** What is settled in this attempt; steps play no part here. */
  settled: () => Omit<Spent, 'steps'>;
}): BudgetWatch {
  const { clock, scope, budget } = options;
  interface Open {
    since: number;
    heldAt: number | null;
    tokens: number;
    costMicroUsd: number;
    stopped: boolean;
    readonly stop: () => void;
  }
  const open = new Set<Open>();
  let cancel: (() => void) | null = null;
  /** Read when something begins or ends, never by the timer: that has nobody to tell of a store that does not answer. */
  let settled = options.settled();

  const total = (): Spent => {
    const sum = { steps: -Infinity, ...settled };
    for (const it of open) {
      sum.durationMs += (it.heldAt ?? clock.monotonic()) - it.since;
      sum.tokens += it.tokens;
      sum.costMicroUsd += it.costMicroUsd;
    }
    return sum;
  };
  const leftMs = (): number => Math.max(0, budget.durationMs - total().durationMs);
  const check = (): void => {
    cancel?.();
    cancel = null;
    if (open.size === 0 || scope.closed) return;
    if (budgetSpent(budget, total())) {
      for (const it of open)
        if (!it.stopped) {
          it.stopped = true;
          it.stop();
        }
      return;
    }
    const counting = [...open].filter(({ heldAt }) => heldAt === null).length;
    if (counting === 0) return;
    // Timers are whole milliseconds, and a long one is looked at again.
    cancel = clock.after(scope, Math.min(3_600_000, Math.ceil(leftMs() / counting)), check);
  };

  return {
    begin(stop, from) {
      const it: Open = {
        since: clock.monotonic() - (from?.elapsedMs ?? 0),
        heldAt: null,
        tokens: from?.tokens ?? 0,
        costMicroUsd: from?.costMicroUsd ?? 0,
        stopped: false,
        stop,
      };
      settled = options.settled();
      open.add(it);
      check();
      return {
        used(events) {
          let any = false;
          for (const event of events)
            if (event.type === 'usage') {
              it.tokens += event.payload.tokensIn + event.payload.tokensOut;
              it.costMicroUsd += event.payload.costMicroUsd ?? 0;
              any = true;
            }
          if (any) check();
        },
        hold(waiting) {
          if (waiting === (it.heldAt !== null)) return;
          if (waiting) it.heldAt = clock.monotonic();
          else {
            it.since += clock.monotonic() - (it.heldAt ?? clock.monotonic());
            it.heldAt = null;
          }
          check();
        },
        get stopped() {
          return it.stopped;
        },
        end() {
          if (!open.delete(it)) return;
          settled = options.settled();
          check();
        },
      };
    },
    leftMs() {
      settled = options.settled();
      return leftMs();
    },
  };
}
