import { expect, it } from 'vitest';
import { createHandClock } from './hand-clock.ts';
import type { LiveHandlers } from './live-source.ts';
import { createLive, type Connection } from './live.ts';

function start() {
  const clock = createHandClock();
  const opened: number[] = [];
  let handlers: LiveHandlers | undefined;
  const seen: number[] = [];
  const states: Connection[] = [];
  const hosts: string[] = [];
  let resets = 0;
  const live = createLive({
    clock,
    after: 10,
    source: (after, given) => {
      opened.push(after);
      handlers = given;
      return () => undefined;
    },
    onMessage: (message) => seen.push(...message.events.map(({ seq }) => seq)),
    onReset: () => (resets += 1),
    onHost: ({ version }) => hosts.push(version),
    onConnection: (state) => states.push(state),
  });
  const message = (from: number, ...seqs: number[]) => ({
    from,
    seq: seqs.at(-1) ?? from,
    tails: {},
    reset: false,
    events: seqs.map((seq) => ({
      seq,
      type: 'proposalEdited',
      entity: 'proposal',
      entityId: 'x',
      actor: 'owner',
      at: '2026-01-01T00:00:00.000Z',
      payload: {},
    })),
  });
  return {
    clock,
    live,
    opened,
    seen,
    states,
    hosts,
    message,
    resets: () => resets,
    source: () => {
      if (!handlers) throw new Error('nothing was opened');
      return handlers;
    },
  };
}

it('hands on each event once, though it is sent twice', () => {
  const { source, message, seen } = start();
  source().opened();
  source().received(message(10, 11, 12));
  source().received(message(11, 12, 13));
  expect(seen).toEqual([11, 12, 13]);
});

it('asks again from what it has when it sees a gap', () => {
  const { source, message, seen, opened } = start();
  source().received(message(10, 11));
  source().received(message(14, 15));
  expect(opened).toEqual([10, 11]);
  expect(seen).toEqual([11]);
});

it('has everything read again when the past is gone', () => {
  const { source, message, resets, seen } = start();
  source().received({ ...message(50), reset: true });
  expect(resets()).toBe(1);
  source().received(message(50, 51));
  expect(seen).toEqual([51]);
});

it('opens a lost stream again, ever more slowly, and says since when it is lost', async () => {
  const { source, clock, opened, states } = start();
  source().opened();
  const contact = clock.now();
  await clock.advance(5_000);
  source().lost();
  expect(states.at(-1)).toEqual({ state: 'stale', since: contact });
  await clock.advance(249);
  expect(opened).toHaveLength(1);
  await clock.advance(1);
  expect(opened).toHaveLength(2);
  source().lost();
  await clock.advance(499);
  expect(opened).toHaveLength(2);
  await clock.advance(1);
  for (const wait of [1_000, 2_000]) {
    source().lost();
    await clock.advance(wait);
  }
  expect(states.at(-1)).toEqual({ state: 'offline', since: contact });
  source().opened();
  expect(states.at(-1)).toEqual({ state: 'live' });
});

it('tells who serves the stream each time it is opened', () => {
  const { source, message, hosts } = start();
  const host = (version: string) => ({ version, build: 'a' });
  source().received({ ...message(10, 11), host: host('1.0.0') });
  source().received(message(11, 12));
  source().received({ ...message(60), reset: true, host: host('1.1.0') });
  expect(hosts).toEqual(['1.0.0', '1.1.0']);
});

it('does not listen to a stream it has left', () => {
  const { source, message, seen, live } = start();
  const left = source();
  left.received(message(14, 15));
  left.received(message(10, 11));
  expect(seen).toEqual([]);
  live.stop();
  source().received(message(10, 11));
  expect(seen).toEqual([]);
});
