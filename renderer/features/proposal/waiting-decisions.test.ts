import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { WorldState } from '../../client/client.ts';
import { createHandClock } from '../../client/hand-clock.ts';
import { createWaitingDecisions } from './waiting-decisions.ts';

function start() {
  const clock = createHandClock();
  const world = createStore<WorldState>(() => ({
    connection: { state: 'offline', since: 0 },
    overview: undefined,
    safeMode: false,
    updatedTo: undefined,
    tails: new Map(),
  }));
  const host = { there: false };
  const sent: string[] = [];
  const takenBack: string[] = [];
  const waiting = createWaitingDecisions({ world, clock });
  waiting.start();
  const add = (id: string): void => {
    waiting.add({
      id,
      action: 'approve',
      send: () => {
        if (host.there) sent.push(id);
        return Promise.resolve(host.there);
      },
      takeBack: () => takenBack.push(id),
    });
  };
  return { clock, world, host, sent, takenBack, waiting, add };
}

it('sends what waits in its order as soon as Homer is there again', async () => {
  const { clock, world, host, sent, waiting, add } = start();
  add('a');
  add('b');
  await clock.advance(3_000);
  expect(sent).toEqual([]);
  host.there = true;
  world.setState({ connection: { state: 'live' } });
  await clock.advance(0);
  expect(sent).toEqual(['a', 'b']);
  expect(waiting.store.getState().size).toBe(0);
});

it('tries again by itself while the stream never broke, and forgets what was discarded', async () => {
  const { clock, host, sent, takenBack, waiting, add } = start();
  add('a');
  add('b');
  expect(waiting.discard('a')).toBe(true);
  expect(takenBack).toEqual(['a']);
  host.there = true;
  await clock.advance(3_000);
  expect(sent).toEqual(['b']);
});
