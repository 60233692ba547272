import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveMessage } from '../../preload/contract/live.ts';
import { liveMessageSchema } from '../../preload/contract/live.ts';
import { writeFlag } from '../store/flag-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { addProject, addRun, createTestStore, type TestStore } from '../store/testing/test-store.ts';
import { createLiveFeed } from './live-feed.ts';
import type { LiveFeed } from './live-port.ts';

let bench: TestStore;
let feed: LiveFeed;
beforeEach(async () => {
  bench = await createTestStore();
  feed = createLiveFeed(bench);
});
afterEach(() => bench.dispose());

const change = (count = 1): void => {
  for (let done = 0; done < count; done += 1)
    bench.store.write((write) => writeFlag(write, 'runtime.hold', done % 2 ? 'on' : 'off', 'tester'));
};
const listen = (after: number): { heard: LiveMessage[]; stop: () => void } => {
  const heard: LiveMessage[] = [];
  return { heard, stop: feed.subscribe(after, (message) => heard.push(liveMessageSchema.parse(message))) };
};
/** The sequence numbers a client saw, checked for gaps against what each message says of itself. */
const seqsOf = (heard: readonly LiveMessage[]): number[] => {
  let at = heard[0]?.from ?? 0;
  for (const { from, seq, events } of heard) {
    expect(from).toBe(at);
    expect(events.map((event) => event.seq)).toEqual(
      Array.from({ length: seq - from }, (_, index) => from + 1 + index),
    );
    at = seq;
  }
  return heard.flatMap(({ events }) => events.map(({ seq }) => seq));
};

describe('the live feed', () => {
  it('sends at most twenty messages a second however much happens, and loses nothing', () => {
    const { heard } = listen(0);
    for (let ms = 0; ms < 1_000; ms += 10) {
      change();
      bench.clock.advance(10);
    }
    bench.clock.advance(50);
    expect(heard.length - 1).toBeLessThanOrEqual(20);
    expect(seqsOf(heard)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  it('holds no timer while nothing happens', () => {
    listen(0);
    change();
    bench.clock.advance(60);
    expect(bench.scope.held().filter((label) => label.includes('timer'))).toEqual([]);
  });

  it('replays exactly what a client missed, then goes on without a gap', () => {
    change(5);
    const { heard } = listen(2);
    change(2);
    bench.clock.advance(50);
    expect(heard[0]).toMatchObject({ from: 2, seq: 5, reset: false });
    expect(seqsOf(heard)).toEqual([3, 4, 5, 6, 7]);
  });

  it('starts a client that is up to date with an empty message', () => {
    change(3);
    expect(listen(3).heard).toEqual([{ from: 3, seq: 3, events: [], tails: {}, reset: false }]);
  });

  it('neither repeats nor loses what committed just before someone came', () => {
    const first = listen(0);
    change(2);
    const second = listen(1);
    change(1);
    bench.clock.advance(50);
    expect(seqsOf(first.heard)).toEqual([1, 2, 3]);
    expect(seqsOf(second.heard)).toEqual([2, 3]);
  });

  it.each([
    ['ahead of it, as after a restored backup', 9, 3],
    ['too far behind to be worth replaying', 0, 2_001],
  ])('tells a client that is %s to read everything again', (_what, after, events) => {
    bench.store.write((write) => {
      for (let done = 0; done < events; done += 1) writeFlag(write, 'runtime.hold', 'on', 'tester');
    });
    const { heard } = listen(after);
    expect(heard).toMatchObject([{ seq: events, events: [], reset: true }]);
    change();
    bench.clock.advance(50);
    expect(heard[1]).toMatchObject({ from: events, seq: events + 1, reset: false });
  });

  it('tells how far the timeline of a run has grown, though it makes no event', () => {
    const run = bench.store.write((write) => addRun(write, addProject(write)));
    const { heard } = listen(bench.events());
    bench.store.write((write) =>
      appendRunEvents(write, run, [{ type: 'message', payload: { step: 1, text: 'Hello.' } }]),
    );
    bench.clock.advance(50);
    expect(heard.at(-1)).toMatchObject({ events: [], tails: { [run]: 3 } });
  });

  it('says nothing more to a client that has gone', () => {
    const { heard, stop } = listen(0);
    stop();
    change();
    bench.clock.advance(50);
    expect(heard).toHaveLength(1);
  });
});
