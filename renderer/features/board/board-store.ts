import { createStore, type StoreApi } from 'zustand/vanilla';
import { filterFields, shows, standsAbove } from '../../../preload/contract/board.ts';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import { stages, type Stage } from '../../../preload/contract/moves.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { putCards, type Client } from '../../client/client.ts';
import type { ProposalCard } from '../../client/patch.ts';
import { firstPage, type BoardQuery } from './board-input.ts';
import { inBoardOrder } from './card-order.ts';

/**
 * The order of the board; the cards themselves live in the client, one by one, so that a change renders one card.
 *
 * Specification: `ids` is what has been read of a column, in board order, and `count` is how many there really are. What this window asked
 * for is shown at once. What comes from elsewhere waits while the reader's pointer or focus is in a column: new cards in `arrived`, cards that
 * left it or stand elsewhere in it by now in `changed`, where they stay and are shown as they are. Both are put in order when the reader
 * says so, or leaves. Counts are corrected from the runtime after each change. Answers to an older filter are dropped.
 */
export interface Column {
  readonly count: number;
  /** How many there are whatever the filter, and how many there should be at most. */
  readonly whole: number;
  readonly limit: number | null;
  readonly oldestSince: string | null;
  readonly ids: readonly string[];
  readonly arrived: readonly string[];
  readonly changed: readonly string[];
  readonly reading: boolean;
  readonly failed: boolean;
}
interface Home {
  readonly stage: Stage;
  readonly card: ProposalCard;
}
export interface BoardState {
  readonly columns: Readonly<Record<Stage, Column>> | undefined;
  readonly filter: BoardQuery;
  readonly failure: ContractFailure | undefined;
  readonly reading: boolean;
}
export interface Board {
  readonly store: StoreApi<BoardState>;
  show(filter: BoardQuery): void;
  reread(): void;
  readMore(stage: Stage): void;
  /** Where the reader's pointer or focus is: nothing moves in that column meanwhile. */
  setBusy(by: 'pointer' | 'focus', stage: Stage | undefined): void;
  /** Puts a column in order. */
  refresh(stage: Stage): void;
  stop(): void;
}

const pageSize = 200;
const recountMs = 300;

export function createBoard(client: Client): Board {
  const store = createStore<BoardState>(() => ({
    columns: undefined,
    filter: {},
    failure: undefined,
    reading: true,
  }));
  let generation = 0;
  const busy: { pointer?: Stage | undefined; focus?: Stage | undefined } = {};
  const isBusy = (stage: Stage): boolean => busy.pointer === stage || busy.focus === stage;
  let stopped = false;
  let cancelRecount: (() => void) | undefined;
  /** Which column holds a card that is on the board, and the card as it was put there. */
  let home = new Map<string, Home>();

  const asked = (): BoardQuery => store.getState().filter;
  /** As far as can be told here: the words searched for are the runtime's to judge. */
  const belongs = (card: ProposalCard): boolean => {
    const { filter } = store.getState();
    return (
      (!filter.projectId || card.projectId === filter.projectId) && shows(filter, card, client.clock.now())
    );
  };
  const setColumn = (stage: Stage, change: Partial<Column>): void => {
    const { columns } = store.getState();
    if (columns) store.setState({ columns: { ...columns, [stage]: { ...columns[stage], ...change } } });
  };

  /** One reading at a time: what is asked for meanwhile is asked once it has come back. */
  let flying = false;
  let again = false;
  const read = async (): Promise<void> => {
    again = true;
    if (flying) return;
    flying = true;
    store.setState({ reading: true });
    await client.ready;
    while (again && !stopped) {
      again = false;
      const mine = (generation += 1);
      const reply = await client.call('proposal.board', firstPage(asked()));
      if (mine === generation) accept(reply);
    }
    flying = false;
  };
  const accept = (reply: Awaited<ReturnType<typeof client.call<'proposal.board'>>>): void => {
    if (!reply.ok) {
      store.setState({ failure: reply.error, reading: false });
      return;
    }
    home = new Map();
    // First, so that no column names a card that is not there yet.
    putCards(
      client,
      reply.value.columns.flatMap(({ cards }) => cards),
    );
    for (const { stage, cards } of reply.value.columns)
      for (const card of cards) home.set(card.id, { stage, card: cardOf(card.id) ?? card });
    store.setState({ failure: undefined, reading: false, columns: columnsOf(reply.value) });
  };

  const recount = (): void => {
    cancelRecount ??= client.clock.after(recountMs, () => {
      const mine = generation;
      void client.call('proposal.board', { ...asked(), limit: 1 }).then((reply) => {
        cancelRecount = undefined;
        if (!reply.ok || mine !== generation) return;
        for (const { stage, count, whole, limit, oldestSince } of reply.value.columns)
          setColumn(stage, { count, whole, limit, oldestSince });
      });
    });
  };

  const cardOf = (id: string): ProposalCard | undefined => client.cards.getState().byId.get(id);
  const insert = (ids: readonly string[], card: ProposalCard, count: number): readonly string[] => {
    const { byId } = client.cards.getState();
    const last = byId.get(ids.at(-1) ?? '');
    // Beyond what has been read: it comes when the reader gets there.
    if (ids.length < count && (!last || !standsAbove(card, last))) return ids;
    return ids.includes(card.id) ? ids : inBoardOrder(ids, card, byId);
  };

  const moveChanged = (): void => {
    const { columns, filter } = store.getState();
    if (!columns) return;
    const next = { ...columns };
    const chosen = filterFields.some((field) => (filter[field]?.length ?? 0) > 0);
    let moved = false;
    for (const [id, kept] of home) {
      const card = cardOf(id);
      if (card === kept.card) continue;
      const { stage } = kept;
      const stays = card?.stage === stage && (!chosen || belongs(card));
      if (stays && inOrder(next[stage].ids, card)) {
        home.set(id, { stage, card });
        continue;
      }
      moved = true;
      const from = next[stage];
      if (card && isBusy(stage) && client.isForeign(id)) {
        home.set(id, { stage, card });
        if (!from.changed.includes(id)) next[stage] = { ...from, changed: [...from.changed, id] };
        continue;
      }
      take(next, id, stage);
      if (card && (!chosen || belongs(card))) put(next, card);
    }
    if (!moved) return;
    store.setState({ columns: next });
    recount();
  };
  /** Whether a card stands between its neighbours as it is now. */
  const inOrder = (ids: readonly string[], card: ProposalCard): boolean => {
    const at = ids.indexOf(card.id);
    const [above, below] = [cardOf(ids[at - 1] ?? ''), cardOf(ids[at + 1] ?? '')];
    return (!above || !standsAbove(card, above)) && (!below || !standsAbove(below, card));
  };
  /** Out of the column it stood in. */
  const take = (columns: Record<Stage, Column>, id: string, stage: Stage): void => {
    const from = columns[stage];
    const without = (ids: readonly string[]): readonly string[] => ids.filter((each) => each !== id);
    columns[stage] = {
      ...from,
      ids: without(from.ids),
      arrived: without(from.arrived),
      changed: without(from.changed),
      count: Math.max(0, from.count - 1),
    };
    home.delete(id);
  };
  /** Into the column it belongs to. */
  const put = (columns: Record<Stage, Column>, card: ProposalCard): void => {
    const to = columns[card.stage];
    columns[card.stage] = { ...to, ids: insert(to.ids, card, to.count), count: to.count + 1 };
    home.set(card.id, { stage: card.stage, card });
  };

  const admit = (cards: readonly ProposalCard[]): void => {
    const { filter } = store.getState();
    const fresh = cards.filter((card) => !home.has(card.id) && belongs(card));
    if (fresh.length === 0) return;
    // Whether it matches the words is the runtime's to say.
    if (filter.search) {
      void read();
      return;
    }
    const { columns } = store.getState();
    if (!columns) return;
    const next = { ...columns };
    for (const card of fresh) {
      const column = next[card.stage];
      const ids = insert(column.ids, card, column.count);
      // Below what has been read: whether it is new there, the counts of the runtime will tell.
      if (ids === column.ids) continue;
      home.set(card.id, { stage: card.stage, card });
      next[card.stage] =
        isBusy(card.stage) && client.isForeign(card.id)
          ? { ...column, arrived: [...column.arrived, card.id] }
          : { ...column, ids, count: column.count + 1 };
    }
    // At once: every change of the columns is looked at by all of them.
    store.setState({ columns: next });
    recount();
  };

  const refresh = (stage: Stage): void => {
    const { columns, filter } = store.getState();
    const column = columns?.[stage];
    if (!columns || !column || column.arrived.length + column.changed.length === 0) return;
    const chosen = filterFields.some((field) => (filter[field]?.length ?? 0) > 0);
    const next = { ...columns };
    for (const id of column.changed) {
      const card = cardOf(id);
      take(next, id, stage);
      if (card && (!chosen || belongs(card))) put(next, card);
    }
    let { ids } = next[stage];
    for (const id of column.arrived) {
      const card = cardOf(id);
      if (card) ids = insert(ids, card, column.count);
    }
    next[stage] = { ...next[stage], ids, arrived: [], changed: [] };
    store.setState({ columns: next });
    recount();
  };

  const ends = [
    client.cards.subscribe(moveChanged),
    client.onPatch(({ cards, goneCards }) => {
      if (goneCards.length > 0) moveChanged();
      admit(cards);
    }),
    client.onReset(() => void read()),
  ];

  return {
    store,
    show(filter) {
      const same = JSON.stringify(filter) === JSON.stringify(store.getState().filter);
      if (same && store.getState().columns) {
        // The limits may have been set meanwhile.
        recount();
        return;
      }
      // A page of the columns as they were would come into those that are.
      generation += 1;
      store.setState({ filter });
      void read();
    },
    reread: () => void read(),
    readMore(stage) {
      const column = store.getState().columns?.[stage];
      if (!column || column.reading || column.ids.length >= column.count) return;
      const mine = generation;
      setColumn(stage, { reading: true });
      void client
        .call('proposal.list', { ...asked(), stage, offset: column.ids.length, limit: pageSize })
        .then((reply) => {
          if (mine !== generation) return;
          if (!reply.ok) {
            setColumn(stage, { reading: false, failed: true });
            return;
          }
          // First, so that what has moved has left its old column.
          putCards(client, reply.value.cards);
          const now = store.getState().columns?.[stage];
          if (!now) return;
          // By what the column shows, not by where a card belongs: one that came in beyond what had been read belongs here unseen.
          const shown = new Set([...now.ids, ...now.arrived]);
          const added = reply.value.cards.filter(({ id }) => !shown.has(id));
          for (const card of added) home.set(card.id, { stage, card: cardOf(card.id) ?? card });
          setColumn(stage, {
            ids: [...now.ids, ...added.map(({ id }) => id)],
            count: reply.value.count,
            reading: false,
            failed: false,
          });
          // A page without anything new although there is more: the order has shifted under the offset.
          if (added.length === 0 && now.ids.length + now.arrived.length < reply.value.count) void read();
        });
    },
    setBusy(by, stage) {
      const left = busy[by];
      busy[by] = stage;
      if (left && !isBusy(left)) refresh(left);
    },
    refresh,
    stop() {
      stopped = true;
      generation += 1;
      cancelRecount?.();
      for (const end of ends) end();
    },
  };
}

function columnsOf(answer: OutputOf<'proposal.board'>): Readonly<Record<Stage, Column>> {
  const blank: Column = {
    count: 0,
    whole: 0,
    limit: null,
    oldestSince: null,
    ids: [],
    arrived: [],
    changed: [],
    reading: false,
    failed: false,
  };
  const columns = Object.fromEntries(stages.map((stage) => [stage, blank])) as Record<Stage, Column>;
  for (const { stage, count, whole, limit, oldestSince, cards } of answer.columns)
    columns[stage] = { ...blank, count, whole, limit, oldestSince, ids: cards.map(({ id }) => id) };
  return columns;
}
