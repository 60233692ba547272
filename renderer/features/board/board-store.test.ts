import { expect, it } from 'vitest';
import { stages, type Stage } from '../../../preload/contract/moves.ts';
import type { Client } from '../../client/client.ts';
import { createEntities, putEntities } from '../../client/entities.ts';
import { createHandClock } from '../../client/hand-clock.ts';
import type { Patch, ProposalCard } from '../../client/patch.ts';
import { createBoard } from './board-store.ts';

/** A board over a host of two proposals, where the test says when the client hears of a change. */
function start() {
  const clock = createHandClock();
  const host = new Map<string, Stage>([
    ['a', 'plan'],
    ['b', 'idea'],
  ]);
  const ranks = new Map<string, number>();
  const card = (id: string): ProposalCard =>
    ({
      id,
      number: id === 'a' ? 1 : 2,
      priority: 50,
      rank: ranks.get(id) ?? 10,
      stage: host.get(id),
      projectId: null,
    }) as ProposalCard;
  const at = (stage: Stage): string[] => [...host].flatMap(([id, each]) => (each === stage ? [id] : []));
  const listeners = new Set<(patch: Patch) => void>();
  let hearing = false;
  const cards = createEntities<ProposalCard>();
  const call = (name: string, input: { stage?: Stage; limit: number }) =>
    Promise.resolve({
      ok: true,
      value:
        name === 'proposal.board'
          ? {
              seq: 1,
              columns: stages.map((stage) => ({
                stage,
                count: at(stage).length,
                oldestSince: null,
                cards: at(stage).slice(0, input.limit).map(card),
              })),
            }
          : { count: at(input.stage ?? 'idea').length, cards: at(input.stage ?? 'idea').map(card) },
    });
  const client = {
    call,
    clock,
    cards,
    ready: Promise.resolve(),
    isForeign: () => hearing,
    onPatch: (listener: (patch: Patch) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onReset: () => () => undefined,
  } as unknown as Client;
  const board = createBoard(client);
  return {
    board,
    clock,
    host,
    hear(...ids: string[]) {
      hearing = true;
      putEntities(cards, ids.map(card));
      for (const listener of listeners)
        listener({ cards: ids.map(card), goneCards: [], rows: [], goneRows: [] });
      hearing = false;
    },
    /** What this window asked for itself. */
    put(...ids: string[]) {
      putEntities(cards, ids.map(card));
    },
    ranks,
    column: (stage: Stage) => board.store.getState().columns?.[stage],
  };
}

it('moves a card at once when it is heard to have changed stage', async () => {
  const { board, clock, host, hear, column } = start();
  board.show({});
  await clock.advance(0);
  host.set('a', 'approved');
  hear('a');
  expect(column('plan')).toMatchObject({ ids: [], count: 0 });
  expect(column('approved')).toMatchObject({ ids: ['a'], count: 1 });
});

it('shows a card whose column was counted again before the card was heard of', async () => {
  const { board, clock, host, hear, column } = start();
  board.show({});
  await clock.advance(0);
  // Another card moves, so the columns are counted again; meanwhile the host has approved the first.
  host.set('b', 'research');
  hear('b');
  host.set('a', 'approved');
  await clock.advance(300);
  expect(column('approved')).toMatchObject({ ids: [], count: 1 });
  hear('a');
  board.readMore('approved');
  await clock.advance(300);
  expect(column('approved')).toMatchObject({ ids: ['a'], count: 1 });
});

it('neither counts nor announces what changes below the part that has been read', async () => {
  const { board, clock, host, hear, column } = start();
  for (let more = 0; more < 40; more += 1) host.set(`more ${String(more)}`, 'idea');
  board.show({});
  await clock.advance(0);
  const read = column('idea');
  expect(read?.ids.length).toBeLessThan(41);
  board.setBusy('pointer', 'idea');
  hear('more 38', 'more 39');
  expect(column('idea')).toEqual(read);
});

it('moves nothing where somebody reads until they say so, and counts what waits', async () => {
  const { board, clock, host, ranks, hear, column } = start();
  for (const id of ['c', 'd']) host.set(id, 'idea');
  ranks.set('b', 30).set('c', 20).set('d', 10);
  board.show({});
  await clock.advance(0);
  board.setBusy('focus', 'idea');
  board.setBusy('pointer', 'idea');
  host.set('b', 'research');
  ranks.set('d', 40);
  hear('b', 'd');
  expect(column('idea')).toMatchObject({ ids: ['b', 'c', 'd'], changed: ['b', 'd'] });
  board.setBusy('pointer', undefined);
  expect(column('idea')?.ids).toEqual(['b', 'c', 'd']);
  board.refresh('idea');
  expect(column('idea')).toMatchObject({ ids: ['d', 'c'], changed: [] });
  expect(column('research')?.ids).toEqual(['b']);
});

it('shows at once what this window asked for, though somebody reads there', async () => {
  const { board, clock, host, ranks, put, column } = start();
  for (const id of ['c', 'd']) host.set(id, 'idea');
  ranks.set('b', 30).set('c', 20).set('d', 10);
  board.show({});
  await clock.advance(0);
  board.setBusy('focus', 'idea');
  ranks.set('d', 40);
  put('d');
  host.set('c', 'plan');
  put('c');
  expect(column('idea')).toMatchObject({ ids: ['d', 'b'], changed: [] });
});
