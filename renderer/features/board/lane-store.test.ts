import { expect, it } from 'vitest';
import { stages, type Stage } from '../../../preload/contract/moves.ts';
import type { Client } from '../../client/client.ts';
import { createEntities, putEntities } from '../../client/entities.ts';
import { createHandClock } from '../../client/hand-clock.ts';
import type { ProposalCard } from '../../client/patch.ts';
import { laneRows } from './lane-rows.ts';
import { cellKey, createLanes } from './lane-store.ts';

/** Lanes over a host of three proposals of two goals. */
function start() {
  const clock = createHandClock();
  const host = new Map<string, { stage: Stage; goalId: string | null }>([
    ['a', { stage: 'idea', goalId: 'g' }],
    ['b', { stage: 'idea', goalId: 'g' }],
    ['c', { stage: 'plan', goalId: null }],
  ]);
  const card = (id: string): ProposalCard =>
    ({
      id,
      number: 200 - id.charCodeAt(0),
      priority: 50,
      rank: 10,
      projectId: null,
      ...host.get(id),
    }) as ProposalCard;
  const cards = createEntities<ProposalCard>();
  const calls: string[] = [];
  let hearing = false;
  const call = (name: string, input: { goal?: string[]; stage?: Stage }) => {
    calls.push(name);
    const of = (goal: string | null, stage: Stage): string[] =>
      [...host].flatMap(([id, each]) => (each.goalId === goal && each.stage === stage ? [id] : []));
    if (name === 'proposal.list') {
      const ids = of(input.goal?.[0] === 'none' ? null : (input.goal?.[0] ?? null), input.stage ?? 'idea');
      return Promise.resolve({ ok: true, value: { count: ids.length, cards: ids.map(card) } });
    }
    const lane = (id: string | null) => ({
      id,
      title: id,
      counts: Object.fromEntries(stages.map((stage) => [stage, of(id, stage).length])),
    });
    return Promise.resolve({ ok: true, value: [lane('g'), lane(null)] });
  };
  const client = {
    call,
    clock,
    cards,
    ready: Promise.resolve(),
    isForeign: () => hearing,
    onPatch: () => () => undefined,
    onReset: () => () => undefined,
  } as unknown as Client;
  const lanes = createLanes(client);
  return {
    lanes,
    clock,
    host,
    calls,
    hear: (id: string) => {
      hearing = true;
      putEntities(cards, [card(id)]);
      hearing = false;
    },
    ids: (lane: string, stage: Stage) => lanes.store.getState().cells.get(cellKey(lane, stage))?.ids,
    counts: () => lanes.store.getState().lanes?.map(({ counts }) => [counts.idea, counts.plan]),
  };
}

it('reads the cards of a cell when a row of it comes into sight, and no others', async () => {
  const { lanes, clock, ids, calls, counts } = start();
  lanes.show('goal', {});
  await clock.advance(0);
  expect(counts()).toEqual([
    [2, 0],
    [0, 1],
  ]);
  expect(calls).toEqual(['proposal.lanes']);
  lanes.need('g', 'idea', 0);
  lanes.need('g', 'idea', 1);
  await clock.advance(0);
  expect(ids('g', 'idea')).toEqual(['a', 'b']);
  expect(calls).toEqual(['proposal.lanes', 'proposal.list']);
});

it('moves a card to its cell of the same lane at once, and counts it there', async () => {
  const { lanes, clock, host, hear, ids, counts } = start();
  lanes.show('goal', {});
  await clock.advance(0);
  lanes.need('g', 'idea', 0);
  await clock.advance(0);
  host.set('a', { stage: 'plan', goalId: 'g' });
  hear('a');
  expect(ids('g', 'idea')).toEqual(['b']);
  expect(counts()).toEqual([
    [1, 1],
    [0, 1],
  ]);
});

it('has as many lines as the fullest stage of a lane, and one for a lane that is folded', async () => {
  const { lanes, clock } = start();
  lanes.show('goal', {});
  await clock.advance(0);
  const { lanes: read } = lanes.store.getState();
  const kinds = (folded: readonly string[]): string[] =>
    laneRows(read ?? [], new Set(folded), ['idea', 'plan']).map(({ kind }) => kind);
  expect(kinds([])).toEqual(['head', 'cards', 'cards', 'head', 'cards']);
  expect(kinds(['g'])).toEqual(['head', 'head', 'cards']);
});

it('moves nothing while somebody reads the lanes, and shows it when they leave', async () => {
  const { lanes, clock, host, hear, ids } = start();
  lanes.show('goal', {});
  await clock.advance(0);
  lanes.need('g', 'idea', 0);
  await clock.advance(0);
  lanes.setBusy('pointer', true);
  host.set('a', { stage: 'plan', goalId: 'g' });
  hear('a');
  expect(ids('g', 'idea')).toEqual(['a', 'b']);
  expect(lanes.store.getState().held.size).toBe(1);
  lanes.setBusy('pointer', false);
  expect(ids('g', 'idea')).toEqual(['b']);
});
