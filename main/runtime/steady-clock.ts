import { parseTime, formatTime, type Clock } from '../shared/clock.ts';
import type { Store } from '../store/store.ts';
import { findUpkeep } from '../store/upkeep-store.ts';

/** A difference below this is drift, slewing or a slow tick. */
const JUMP_MS = 5_000;
const STEADY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** How far one daily go of retention may move on, whatever the wall clock says. */
const STRIDE_MS = 7 * DAY_MS;

/**
 * Tells whether the wall clock can be trusted with deleting: it has gone along with the monotonic clock for a whole hour, this start
 * included. A clock that was set, a machine that woke and a host that has just started say nothing about how old things are until then.
 * Asked seldom, it still finds a clock that stands elsewhere than it did; one that went and came back in between has done no harm.
 */
export function createSteadyClock(clock: Clock): () => boolean {
  let offset = clock.now() - clock.monotonic();
  let since = clock.monotonic();
  return () => {
    const current = clock.now() - clock.monotonic();
    if (Math.abs(current - offset) >= JUMP_MS) {
      offset = current;
      since = clock.monotonic();
    }
    return clock.monotonic() - since >= STEADY_MS;
  };
}

/**
 * The time from which the age of what is kept is counted, ms since 1970: now, but at most a week past where the last go of retention
 * stood, which is once a day. A clock may be a year ahead for longer than an hour, such as on a machine whose battery died, and what it
 * stamps is then a year ahead too, so the newest event stored proves nothing. So a wrong clock costs a week of history a day and not all
 * of it at once; a host that was off for long catches up within days; and one that was set back counts from now at once.
 */
export function agesFrom(store: Store, clock: Clock): number {
  const row = store.read((read) => findUpkeep(read, 'retention'));
  const until = row?.detail['until'];
  const last = typeof until === 'string' ? until : (row?.lastDoneAt ?? null);
  return last === null ? clock.now() : Math.min(clock.now(), parseTime(last) + STRIDE_MS);
}

/** What the next go counts on from. */
export function untilOf(ages: number): { until: string } {
  return { until: formatTime(ages) };
}
