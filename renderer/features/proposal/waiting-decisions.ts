import { createContext, use } from 'react';
import { useStore } from 'zustand/react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProposalDecision } from '../../../preload/contract/moves.ts';
import type { Client } from '../../client/client.ts';

/** A decision that nobody could be told yet. */
export interface WaitingDecision {
  readonly id: string;
  readonly action: ProposalDecision;
  /** Sends it again: false when still nobody answers. */
  readonly send: () => Promise<boolean>;
  /** Shows the proposal as it was. */
  readonly takeBack: () => void;
}
export interface WaitingDecisions {
  readonly store: StoreApi<ReadonlyMap<string, WaitingDecision>>;
  add(decision: WaitingDecision): void;
  /** Gives up what waits for a proposal, or everything; true when something did. */
  discard(id?: string): boolean;
  /** Begins to send what waits when Homer is there again; the result ends it. */
  start(): () => void;
}

const againMs = 3_000;

/**
 * Decisions made while Homer does not answer. Their proposals show where they go and that they wait; they are sent in their order, and one
 * after the other, as soon as somebody is there.
 */
export function createWaitingDecisions(client: Pick<Client, 'world' | 'clock'>): WaitingDecisions {
  const store = createStore<ReadonlyMap<string, WaitingDecision>>(() => new Map());
  let cancel: (() => void) | undefined;
  let sending = false;
  let stopped = true;

  const remove = (id: string): void => {
    const next = new Map(store.getState());
    next.delete(id);
    store.setState(next, true);
  };
  const later = (): void => {
    if (stopped || store.getState().size === 0) return;
    cancel ??= client.clock.after(againMs, () => {
      cancel = undefined;
      void flush();
    });
  };
  const flush = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    for (let [first] = store.getState().values(); first && !stopped; [first] = store.getState().values()) {
      if (!(await first.send())) break;
      remove(first.id);
    }
    sending = false;
    later();
  };
  return {
    store,
    add(decision) {
      store.setState(new Map(store.getState()).set(decision.id, decision), true);
      later();
    },
    discard(id) {
      const going = [...store.getState().values()].filter((each) => id === undefined || each.id === id);
      for (const each of going) {
        remove(each.id);
        each.takeBack();
      }
      return going.length > 0;
    },
    start() {
      stopped = false;
      const end = client.world.subscribe(({ connection }, before) => {
        if (connection.state === 'live' && before.connection.state !== 'live') void flush();
      });
      return () => {
        stopped = true;
        cancel?.();
        cancel = undefined;
        end();
      };
    },
  };
}

export const WaitingContext = createContext<WaitingDecisions | undefined>(undefined);

export function useWaiting(): WaitingDecisions {
  const waiting = use(WaitingContext);
  if (!waiting) throw new Error('Decisions that wait need a DecisionsProvider above them');
  return waiting;
}
export function useWaitingCount(): number {
  return useStore(useWaiting().store, (state) => state.size);
}
/** What waits to be sent about a proposal. */
export function useWaitingDecision(id: string): ProposalDecision | undefined {
  return useStore(useWaiting().store, (state) => state.get(id)?.action);
}
