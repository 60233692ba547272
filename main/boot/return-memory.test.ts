import { expect, it } from 'vitest';
import { createManualClock } from '../shared/clock.ts';
import { createSilentLog } from '../shared/log.ts';
import { createScope } from '../shared/scope.ts';
import { returnMemory } from './return-memory.ts';

it('collects what nobody holds, once, and leaves no way to collect behind', async () => {
  const clock = createManualClock();
  const scope = createScope('test');
  const told: string[] = [];
  const unused = new WeakRef({ big: new Array<number>(1_000).fill(1) });
  returnMemory({ clock, scope, log: { ...createSilentLog(), debug: (message) => void told.push(message) } });
  expect(told).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(60_000);
  expect(told).toEqual(['memory given back']);
  expect(unused.deref()).toBeUndefined();
  expect('gc' in globalThis).toBe(false);
  await scope.close();
});
