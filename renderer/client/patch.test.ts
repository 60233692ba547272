import { expect, it } from 'vitest';
import type { Call } from '../../preload/contract/operations.ts';
import { createEntities } from './entities.ts';
import { createHandClock } from './hand-clock.ts';
import { createPatcher, type ProposalCard, type RunRow } from './patch.ts';

function start() {
  const clock = createHandClock();
  const asked: { name: string; ids: readonly string[] }[] = [];
  let reachable = true;
  const call = ((name: string, input: { ids?: string[] }) => {
    asked.push({ name, ids: input.ids ?? [] });
    if (!reachable) return Promise.resolve({ ok: false, error: { tag: 'unreachable', message: 'Gone.' } });
    const found = (input.ids ?? [])
      .filter((id) => id !== 'gone')
      .map((id) => ({ id, proposalId: `of ${id}` }));
    return Promise.resolve({ ok: true, value: name === 'overview.get' ? {} : found });
  }) as unknown as Call;
  const cards = createEntities<ProposalCard>();
  const rows = createEntities<RunRow>();
  const topics: string[] = [];
  const patcher = createPatcher({
    call,
    clock,
    cards,
    rows,
    onTopics: (changed) => topics.push(...changed),
    onOverview: () => undefined,
    onPatch: () => undefined,
  });
  const event = (entity: 'proposal' | 'run', entityId: string, seq = 1) => ({
    seq,
    type: 'proposalEdited' as const,
    entity,
    entityId,
    actor: 'owner',
    at: '2026-01-01T00:00:00.000Z',
    payload: {},
  });
  const send = (...events: ReturnType<typeof event>[]): void => {
    patcher.receive({ from: 0, seq: 1, events, tails: {}, reset: false });
  };
  return {
    clock,
    asked,
    cards,
    rows,
    topics,
    send,
    event,
    setReachable: (next: boolean) => {
      reachable = next;
    },
  };
}

it('reads what changed within 100 ms once, however often it changed', async () => {
  const { send, event, clock, asked } = start();
  for (let i = 0; i < 100; i += 1) send(event('proposal', i % 2 === 0 ? 'a' : 'b'));
  await clock.advance(100);
  expect(asked).toEqual([
    { name: 'overview.get', ids: [] },
    { name: 'proposal.cards', ids: ['a', 'b'] },
  ]);
});

it('reads the card of a proposal when its run changed', async () => {
  const { send, event, clock, asked, rows, topics } = start();
  send(event('run', 'r'));
  await clock.advance(100);
  expect(asked.find(({ name }) => name === 'proposal.cards')?.ids).toEqual(['of r']);
  expect(rows.getState().byId.has('r')).toBe(true);
  expect(topics).toContain('proposal:of r');
});

it('drops what is gone', async () => {
  const { send, event, clock, cards } = start();
  cards.setState({ byId: new Map([['gone', { id: 'gone' } as ProposalCard]]) });
  send(event('proposal', 'gone'));
  await clock.advance(100);
  expect(cards.getState().byId.size).toBe(0);
});

it('does not forget what it could not read', async () => {
  const { send, event, clock, cards, setReachable } = start();
  setReachable(false);
  send(event('proposal', 'a'));
  await clock.advance(100);
  setReachable(true);
  await clock.advance(1_000);
  expect(cards.getState().byId.has('a')).toBe(true);
});
