import { createStore, type StoreApi } from 'zustand/vanilla';
import { noValue, standsAbove, type BoardLanes } from '../../../preload/contract/board.ts';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import { stages, type Stage } from '../../../preload/contract/moves.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { putCards, type Client } from '../../client/client.ts';
import type { ProposalCard } from '../../client/patch.ts';
import type { BoardQuery } from './board-input.ts';
import { laneOf as laneIn } from './lane-moves.ts';
import { inBoardOrder } from './card-order.ts';

/**
 * The order of a board with lanes. Counts of all lanes are read at once; cards are read cell by cell, a cell being one stage of one lane,
 * when a row of it comes into sight. What this window changed moves at once; what else has changed is read again, at most every 300 ms and
 * only for what is in sight, and while the reader's pointer or focus is among the lanes not before they say so, or leave.
 */
export interface Lane {
  /** The goal or project, or `none`. */
  readonly key: string;
  readonly title: string | null;
  readonly counts: Readonly<Record<Stage, number>>;
}
export interface Cell {
  readonly ids: readonly string[];
  readonly reading: boolean;
  /** Something may have changed since it was read. */
  readonly stale: boolean;
}
export interface LanesState {
  readonly by: Exclude<BoardLanes, 'none'> | undefined;
  readonly lanes: readonly Lane[] | undefined;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly folded: ReadonlySet<string>;
  readonly failure: ContractFailure | undefined;
  /** Cards that changed elsewhere and wait for the reader. */
  readonly held: ReadonlySet<string>;
}
export interface Lanes {
  readonly store: StoreApi<LanesState>;
  show(by: BoardLanes, filter: BoardQuery): void;
  /** A row of this cell is in sight: its cards up to it, and some more, are read when they are not there. */
  need(lane: string, stage: Stage, row: number): void;
  fold(lane: string, folded: boolean): void;
  /** Whether the reader's pointer or focus is among the lanes. */
  setBusy(by: 'pointer' | 'focus', busy: boolean): void;
  /** Shows what was held. */
  refresh(): void;
  reread(): void;
  stop(): void;
}

const pageSize = 50;
/** The runtime gives no more at once. */
const most = 1_000;
const rereadMs = 300;
const nothing: Cell = { ids: [], reading: false, stale: true };

export function cellKey(lane: string, stage: Stage): string {
  return `${stage} ${lane}`;
}

/** `folded`: the lanes that were folded when the board was last shown. */
export function createLanes(client: Client, folded: readonly string[] = []): Lanes {
  const store = createStore<LanesState>(() => ({
    by: undefined,
    lanes: undefined,
    cells: new Map(),
    folded: new Set(folded),
    failure: undefined,
    held: new Set<string>(),
  }));
  const busy = new Set<'pointer' | 'focus'>();
  let generation = 0;
  let filter: BoardQuery = {};
  let cancel: (() => void) | undefined;

  const setCell = (key: string, change: Partial<Cell>): void => {
    const { cells } = store.getState();
    store.setState({ cells: new Map(cells).set(key, { ...(cells.get(key) ?? nothing), ...change }) });
  };
  const laneOf = (card: ProposalCard): string => laneIn(card, store.getState().by ?? 'project');

  const readLanes = async (): Promise<void> => {
    const mine = generation;
    const { by } = store.getState();
    if (by === undefined) return;
    await client.ready;
    const reply = await client.call('proposal.lanes', { ...filter, by });
    if (mine !== generation) return;
    if (reply.ok) store.setState({ lanes: lanesOf(reply.value), failure: undefined });
    else store.setState({ failure: reply.error });
  };

  const later = (): void => {
    if (store.getState().by === undefined) return;
    cancel ??= client.clock.after(rereadMs, () => {
      cancel = undefined;
      const { cells } = store.getState();
      store.setState({ cells: new Map([...cells].map(([key, cell]) => [key, { ...cell, stale: true }])) });
      void readLanes();
    });
  };

  const moveChanged = (): void => {
    const { cells, lanes, by } = store.getState();
    if (by === undefined || !lanes) return;
    const { byId } = client.cards.getState();
    const { held } = store.getState();
    const nowHeld = new Set(held);
    /** Held already, or from elsewhere while somebody reads: it stays where it is. */
    const stays = (id: string): boolean => {
      if (!nowHeld.has(id) && !(busy.size > 0 && client.isForeign(id))) return false;
      nowHeld.add(id);
      return true;
    };
    const next = new Map(cells);
    let sorted = false;
    const change = new Map<string, number>();
    const count = (lane: string, stage: Stage, by: number): void => {
      const key = cellKey(lane, stage);
      change.set(key, (change.get(key) ?? 0) + by);
    };
    for (const lane of lanes)
      for (const stage of stages) {
        const key = cellKey(lane.key, stage);
        const ids = next.get(key)?.ids ?? [];
        const gone = ids.filter((id) => {
          const card = byId.get(id);
          return (card?.stage !== stage || laneOf(card) !== lane.key) && !stays(id);
        });
        if (gone.length === 0) {
          const order = orderOf(ids, byId, nowHeld);
          if (order !== ids) {
            sorted = true;
            next.set(key, { ...(next.get(key) ?? nothing), ids: order });
          }
          continue;
        }
        const left = next.get(key) ?? nothing;
        next.set(key, { ...left, ids: left.ids.filter((id) => !gone.includes(id)) });
        count(lane.key, stage, -gone.length);
        for (const id of gone) {
          const card = byId.get(id);
          if (!card) continue;
          const home = cellKey(laneOf(card), card.stage);
          const to = next.get(home);
          if (to && !to.ids.includes(id)) next.set(home, { ...to, ids: inBoardOrder(to.ids, card, byId) });
          count(laneOf(card), card.stage, 1);
        }
      }
    if (nowHeld.size > held.size) store.setState({ held: nowHeld });
    if (change.size === 0 && !sorted) return;
    store.setState({
      cells: next,
      lanes: lanes.map((lane) => ({
        ...lane,
        counts: Object.fromEntries(
          stages.map((stage) => [stage, lane.counts[stage] + (change.get(cellKey(lane.key, stage)) ?? 0)]),
        ) as Lane['counts'],
      })),
    });
    later();
  };

  const refresh = (): void => {
    if (store.getState().held.size === 0) return;
    store.setState({ held: new Set() });
    moveChanged();
    later();
  };

  const ends = [
    client.cards.subscribe(moveChanged),
    client.onPatch(({ cards, goneCards }) => {
      if (cards.length + goneCards.length === 0 || store.getState().by === undefined) return;
      const foreign = cards.filter(({ id }) => client.isForeign(id));
      if (busy.size === 0 || foreign.length < cards.length || cards.length === 0) later();
      else store.setState({ held: new Set([...store.getState().held, ...foreign.map(({ id }) => id)]) });
    }),
    client.onReset(() => {
      later();
    }),
  ];

  return {
    store,
    show(by, wanted) {
      const same = JSON.stringify([by, wanted]) === JSON.stringify([store.getState().by, filter]);
      if (same && store.getState().lanes) return;
      generation += 1;
      filter = wanted;
      const { by: was, lanes, cells } = store.getState();
      // What stands there stays until its answer comes: a board does not blank with every letter that is typed.
      const kept = [...cells].map(([key, { ids }]) => [key, { ids, reading: false, stale: true }] as const);
      store.setState({
        by: by === 'none' ? undefined : by,
        ...(was === by ? { lanes, cells: new Map(kept) } : { lanes: undefined, cells: new Map() }),
      });
      void readLanes();
    },
    need(lane, stage, row) {
      const { by } = store.getState();
      const key = cellKey(lane, stage);
      const cell = store.getState().cells.get(key) ?? nothing;
      if (by === undefined || cell.reading || (!cell.stale && row < cell.ids.length)) return;
      const mine = generation;
      setCell(key, { reading: true });
      // Read again from the start, since what stood before the row may have moved as well; else the next page.
      const offset = cell.stale ? 0 : cell.ids.length;
      const limit = Math.min(most, Math.max(row + 1, cell.ids.length) + pageSize - offset);
      void client.call('proposal.list', { ...filter, [by]: [lane], stage, offset, limit }).then((reply) => {
        if (mine !== generation) return;
        if (!reply.ok) {
          store.setState({ failure: reply.error });
          setCell(key, { reading: false, stale: false });
          return;
        }
        putCards(client, reply.value.cards);
        const before = (store.getState().cells.get(key)?.ids ?? []).slice(0, offset);
        const known = new Set(before);
        const read = reply.value.cards.map(({ id }) => id).filter((id) => !known.has(id));
        setCell(key, { ids: [...before, ...read], reading: false, stale: false });
      });
    },
    fold(lane, folded) {
      const next = new Set(store.getState().folded);
      if (folded) next.add(lane);
      else next.delete(lane);
      store.setState({ folded: next });
    },
    setBusy(by, isBusy) {
      if (isBusy) busy.add(by);
      else busy.delete(by);
      if (busy.size === 0) refresh();
    },
    refresh,
    reread: () => {
      store.setState({ cells: new Map() });
      void readLanes();
    },
    stop() {
      generation += 1;
      cancel?.();
      for (const end of ends) end();
    },
  };
}

/** In board order, but for those that are held; the very list where nothing stands elsewhere. */
function orderOf(
  ids: readonly string[],
  byId: ReadonlyMap<string, ProposalCard>,
  held: ReadonlySet<string>,
): readonly string[] {
  const known = ids.map((id) => byId.get(id));
  const wrong = known.findIndex((card, at) => {
    const next = known[at + 1];
    return card && next && !held.has(card.id) && !held.has(next.id) && standsAbove(next, card);
  });
  if (wrong < 0) return ids;
  return [...ids].sort((a, b) => {
    const [one, other] = [byId.get(a), byId.get(b)];
    return one && other ? (standsAbove(one, other) ? -1 : standsAbove(other, one) ? 1 : 0) : 0;
  });
}

function lanesOf(answer: OutputOf<'proposal.lanes'>): Lane[] {
  return answer.map(({ id, title, counts }) => ({ key: id ?? noValue, title, counts }));
}
