import type { LiveMessage } from '../../preload/contract/live.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Clock } from '../shared/clock.ts';
import type { Scope } from '../shared/scope.ts';
import { lastEventSeq, listEventsAfter } from '../store/domain-event-store.ts';
import type { Store } from '../store/store.ts';
import type { LiveFeed } from './live-port.ts';

const PAUSE_MS = 50;
/** A client further behind than this reads everything again: cheaper than a long replay. */
const REPLAY_LIMIT = 2_000;

/**
 * Turns commits into live messages: what commits within 50 ms goes out as one. There is a timer only while something waits to be sent,
 * so an idle feed costs nothing.
 */
export function createLiveFeed(options: { store: Store; clock: Clock; scope: Scope }): LiveFeed {
  const { store, clock, scope } = options;
  const receivers = new Set<(message: LiveMessage) => void>();
  let seq = store.read(lastEventSeq);
  let events: DomainEvent[] = [];
  let tails: Record<string, number> = {};
  let waiting = false;

  scope.add(
    'live feed',
    store.onCommit((committed) => {
      events.push(...committed.events);
      for (const [runId, last] of committed.tails) tails[runId] = last;
      if (waiting) return;
      waiting = true;
      clock.after(scope, PAUSE_MS, flush);
    }),
  );

  return {
    subscribe(after, receive) {
      flush();
      const behind = seq - after;
      const missed =
        behind > 0 && behind <= REPLAY_LIMIT
          ? store.read((read) => listEventsAfter(read, after, REPLAY_LIMIT))
          : [];
      const reset = missed.length !== behind;
      receive({ from: after, seq, events: reset ? [] : missed, tails: {}, reset });
      receivers.add(receive);
      return () => receivers.delete(receive);
    },
  };

  function flush(): void {
    waiting = false;
    if (events.length === 0 && Object.keys(tails).length === 0) return;
    const message: LiveMessage = { from: seq, seq: events.at(-1)?.seq ?? seq, events, tails, reset: false };
    seq = message.seq;
    events = [];
    tails = {};
    for (const receive of [...receivers]) receive(message);
  }
}
