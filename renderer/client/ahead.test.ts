import { expect, test } from 'vitest';
import type { Call } from '../../preload/contract/operations.ts';
import { createAhead } from './ahead.ts';
import { createHandClock } from './hand-clock.ts';

function counting() {
  const asked: string[] = [];
  const send = ((name: string, input: unknown) => {
    asked.push(`${name} ${JSON.stringify(input)}`);
    return Promise.resolve({ ok: true, value: asked.length });
  }) as unknown as Call;
  const clock = createHandClock();
  return { asked, clock, ...createAhead(send, clock) };
}
const ready = Promise.resolve();

test('gives the answer that was asked for ahead to the first who asks the same, and to nobody after', async () => {
  const { asked, call, ahead } = counting();
  ahead('run.list', { limit: 3 }, ready);
  expect(await call('run.list', { limit: 3 })).toEqual({ ok: true, value: 1 });
  expect(asked).toHaveLength(1);
  expect(await call('run.list', { limit: 3 })).toEqual({ ok: true, value: 2 });
});

test('asks anew for something else', async () => {
  const { call, ahead } = counting();
  ahead('run.list', { limit: 3 }, ready);
  await ready;
  expect(await call('run.list', { limit: 4 })).toEqual({ ok: true, value: 2 });
});

test('gives no answer from before a change, and none that has lain for five seconds', async () => {
  const { call, ahead, forget, clock } = counting();
  ahead('run.list', {}, ready);
  await ready;
  forget();
  expect(await call('run.list', {})).toEqual({ ok: true, value: 2 });
  ahead('run.list', {}, ready);
  await clock.advance(5_000);
  expect(await call('run.list', {})).toEqual({ ok: true, value: 4 });
});
