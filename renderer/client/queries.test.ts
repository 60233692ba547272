import { expect, it } from 'vitest';
import type { Reply } from '../../preload/contract/errors.ts';
import type { Call } from '../../preload/contract/operations.ts';
import { createHandClock, settle } from './hand-clock.ts';
import { createQueries } from './queries.ts';

function start() {
  const clock = createHandClock();
  const calls: string[] = [];
  let answer: Reply<unknown> = { ok: true, value: [{ id: 'first' }] };
  const call = ((name: string) => {
    calls.push(name);
    return Promise.resolve(answer);
  }) as Call;
  return {
    clock,
    calls,
    queries: createQueries(call, clock, Promise.resolve()),
    answerWith: (next: Reply<unknown>) => {
      answer = next;
    },
  };
}
const nothing = (): void => undefined;

it('keeps what was read while it is read again, and when that fails', async () => {
  const { queries, answerWith, clock } = start();
  queries.subscribe('goal.list', {}, {}, nothing);
  expect(queries.snapshot('goal.list', {})).toMatchObject({ data: undefined, pending: true });
  await settle();
  expect(queries.snapshot('goal.list', {})).toMatchObject({ data: [{ id: 'first' }], pending: false });
  answerWith({ ok: false, error: { tag: 'unreachable', message: 'Homer did not answer.' } });
  await clock.advance(1_000);
  queries.changed(new Set(['goal']));
  await settle();
  expect(queries.snapshot('goal.list', {})).toMatchObject({
    data: [{ id: 'first' }],
    failure: { tag: 'unreachable' },
  });
});

it('reads once for many changes in a short time', async () => {
  const { queries, calls, clock } = start();
  queries.subscribe('goal.list', {}, { every: 250 }, nothing);
  await settle();
  for (let burst = 0; burst < 50; burst += 1) {
    queries.changed(new Set(['goal']));
    await clock.advance(4);
  }
  await clock.advance(1_000);
  expect(calls).toHaveLength(2);
});

it('does not read what nobody looks at, until somebody does', async () => {
  const { queries, calls, clock } = start();
  const leave = queries.subscribe('goal.list', {}, {}, nothing);
  await settle();
  leave();
  queries.changed(new Set(['goal']));
  await clock.advance(5_000);
  expect(calls).toHaveLength(1);
  queries.subscribe('goal.list', {}, {}, nothing);
  await settle();
  expect(calls).toHaveLength(2);
});

it('is not disturbed by changes of other things', async () => {
  const { queries, calls, clock } = start();
  queries.subscribe('proposal.get', { id: 'a' }, {}, nothing);
  await settle();
  queries.changed(new Set(['proposal', 'proposal:b']));
  await clock.advance(5_000);
  expect(calls).toHaveLength(1);
});
