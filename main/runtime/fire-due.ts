import { formatTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { FailureError } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { countDueBefore, listDueIntents, listIntentsAhead, setNextDue } from '../store/intent-store.ts';
import {
  anyCatchUpAfter,
  listCatchUps,
  pullCatchUps,
  recordMissed,
  settleAllWaiting,
} from '../store/missed-time-store.ts';
import { isStoreFailure } from '../store/store-failure.ts';
import type { Store } from '../store/store.ts';
import { isAnythingDue } from '../store/schedule-store.ts';
import { listOpenEvents, settleEvent, type TriggerEvent } from '../store/trigger-event-store.ts';
import { catchUp } from './catch-up.ts';
import { fireEvent } from './fire-event.ts';
import { rereadDue } from './reread-due.ts';
import { ON_TIME_MS, settleDue } from './settle-due.ts';

const BATCH = 100;
/** How long one tick fires before it lets others have a turn. */
const SLICE_MS = 200;
/** How long one transaction of a tick goes on taking in more. */
const MOMENT_MS = 50;
/** Between the runs of two intents that missed their times, as long as the window of the setting is not full. */
const SPACING_MS = 2_000;
const LONGEST_STAGGER_MS = 3_600_000;

export interface Fired {
  readonly fired: number;
  /** There is more than fits one tick; the next one should come at once. */
  readonly more: boolean;
}

/**
 * Queues the runs whose time has come, in bounded work: due times the clock left ahead are read anew, due intents are settled, what
 * happened elsewhere is fired, and what waited to be caught up runs. Each intent's next time, its run and its missed times are of one transaction.
 */
export function fireDue(store: Store, clock: Clock, log: Log): Fired {
  const began = clock.monotonic();
  const spent = (): boolean => clock.monotonic() - began > SLICE_MS;
  const now = clock.now();
  const iso = formatTime(now);
  const latest = formatTime(now + LONGEST_STAGGER_MS);
  if (!store.read((read) => isAnythingDue(read, iso, latest))) return { fired: 0, more: false };
  const windowMs = windowOf(store, now);
  const work = firing(store, clock, log, spent);
  let fired = 0;

  if (store.read((read) => anyCatchUpAfter(read, latest)))
    store.write((write) => pullCatchUps(write, latest));
  for (let full = true; full;) {
    const ahead = store.read((read) => listIntentsAhead(read, iso, BATCH));
    work(ahead, (write, intent) => {
      rereadDue(write, intent, now);
      return 0;
    });
    full = ahead.length === BATCH;
    if (ahead.length > 0 && spent()) return { fired, more: true };
  }
  // First those whose turn has come: a newer missed time would take their place for ever where ticks are late.
  if (caughtUp() === 'more') return { fired, more: true };
  for (let full = true; full;) {
    const due = store.read((read) => listDueIntents(read, iso, BATCH));
    fired += work(due, (write, intent) => settleDue(write, intent, { now, windowMs }));
    full = due.length === BATCH;
    if (due.length > 0 && spent()) return { fired, more: true };
  }
  for (let full = true; full;) {
    const events = store.read((read) => listOpenEvents(read, BATCH));
    for (const event of events) fired += fireOne(store, log, event);
    full = events.length === BATCH;
    if (events.length > 0 && spent()) return { fired, more: true };
  }
  if (caughtUp() === 'more') return { fired, more: true };
  return { fired, more: false };

  function caughtUp(): 'all' | 'more' {
    for (let full = true; full;) {
      const waiting = store.read((read) => listCatchUps(read, iso, BATCH));
      const caught = work(
        waiting.map((time) => ({ ...time, id: time.intentId })),
        (write, time) => catchUp(write, time, now),
      );
      fired += caught;
      full = waiting.length === BATCH && caught > 0;
      if (waiting.length > 0 && spent()) return 'more';
    }
    return 'all';
  }
}

/** One missed intent is caught up at once; many are spread, up to the window of the setting. */
function windowOf(store: Store, now: number): number {
  return store.read((read) => {
    const overdue = countDueBefore(read, formatTime(now - ON_TIME_MS));
    return overdue < 2
      ? 0
      : Math.min(Number(readFlag(read, 'trigger.stagger_ms')), (overdue - 1) * SPACING_MS);
  });
}

/**
 * As many of a batch in one transaction, for its one flush, as fit a moment, then the next, until the tick has spent its time. When one of
 * them fails, each has a transaction of its own, and that one is set aside.
 */
function firing(
  store: Store,
  clock: Clock,
  log: Log,
  spent: () => boolean,
): <T extends { readonly id: string }>(
  items: readonly T[],
  work: (write: Write, item: T) => number,
) => number {
  return (items, work) => {
    let fired = 0;
    for (let done = 0; done < items.length && (done === 0 || !spent());) {
      const began = clock.monotonic();
      const together = store.tryWrite((write) => {
        let [next, sum] = [done, 0];
        for (; next < items.length && (next === done || clock.monotonic() - began < MOMENT_MS); next += 1) {
          const item = items[next];
          if (item) sum += work(write, item);
        }
        return { next, sum };
      });
      if (together.ok) {
        fired += together.value.sum;
        done = together.value.next;
        continue;
      }
      throwIfStore(new FailureError(together.error));
      fired += items.slice(done).reduce((sum, item) => sum + alone(item, work), 0);
      done = items.length;
    }
    return fired;
  };

  function alone<T extends { readonly id: string }>(
    item: T,
    work: (write: Write, item: T) => number,
  ): number {
    const one = store.tryWrite((write) => work(write, item));
    if (one.ok) return one.value;
    const failure = new FailureError(one.error);
    throwIfStore(failure);
    log.warn('a due intent could not be fired', { intentId: item.id, error: failure.message });
    store.write((write) => {
      recordMissed(write, item.id, [{ nominalAt: write.now, outcome: 'refused', reason: failure.message }]);
      settleAllWaiting(write, item.id, { outcome: 'refused', reason: failure.message });
      setNextDue(write, item.id, null);
    });
    return 0;
  }
}

/** An event that cannot be fired is settled all the same: it must not keep those behind it waiting. */
function fireOne(store: Store, log: Log, event: TriggerEvent): number {
  const runs = store.tryWrite((write) => fireEvent(write, event).length);
  if (runs.ok) return runs.value;
  const failure = new FailureError(runs.error);
  throwIfStore(failure);
  log.warn('an event could not be fired', { event: event.name, error: failure.message });
  store.write((write) => settleEvent(write, event.id, 0));
  return 0;
}

/** The store's trouble is not the intent's: it stays due. */
function throwIfStore(failure: FailureError): void {
  if (isStoreFailure(failure)) throw failure;
}
