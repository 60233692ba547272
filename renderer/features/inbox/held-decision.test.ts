import { expect, test } from 'vitest';
import { choicesFor } from '../../../preload/contract/choices.ts';
import type { InboxItem } from '../../../preload/contract/worker.ts';
import { createHandClock } from '../../client/hand-clock.ts';
import { createHeldDecision, holdMs, type ItemDecision } from './held-decision.ts';

const item = (key: string): InboxItem => ({ key, version: 3, kind: 'idea', openFirst: false }) as InboxItem;
const [approve] = choicesFor({ kind: 'idea', openFirst: false });
const refused = { tag: 'stale_version', message: 'It changed meanwhile.' };

function bench(answer?: typeof refused) {
  const clock = createHandClock();
  const sent: string[] = [];
  const decision = createHeldDecision({
    clock,
    send: ({ item }: ItemDecision) => {
      sent.push(item.key);
      return Promise.resolve(item.key === 'b' ? undefined : answer);
    },
  });
  const hold = (...keys: string[]): void => {
    if (approve) decision.hold(keys.map(item), approve);
  };
  return { clock, sent, decision, hold };
}

test('sends a decision after eight seconds, and not when it was taken back before', async () => {
  const { clock, sent, decision, hold } = bench();
  hold('a');
  await clock.advance(holdMs - 1);
  expect(sent).toEqual([]);
  expect(decision.snapshot().held?.items.map(({ key }) => key)).toEqual(['a']);
  decision.undo();
  await clock.advance(holdMs);
  expect(sent).toEqual([]);
  hold('b');
  await clock.advance(holdMs);
  expect(sent).toEqual(['b']);
  expect(decision.snapshot()).toMatchObject({ held: undefined, gone: new Set(['b 3']) });
});

test('sends it at once when the next is made or the window is left, and only once', async () => {
  const { clock, sent, decision, hold } = bench();
  hold('a');
  hold('b');
  expect(sent).toEqual(['a']);
  decision.release();
  decision.release();
  await clock.advance(holdMs);
  expect(sent).toEqual(['a', 'b']);
});

test('offers again what was refused of several, and only that', async () => {
  const { sent, decision, hold } = bench(refused);
  hold('a', 'b');
  expect(sent).toEqual([]);
  decision.release();
  for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
  expect(sent).toEqual(['a', 'b']);
  expect(decision.snapshot()).toMatchObject({
    gone: new Set(['b 3']),
    refused: [{ item: { key: 'a' }, failure: refused }],
  });
});
