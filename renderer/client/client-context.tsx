import { createContext, use, useCallback, useSyncExternalStore, type ReactNode } from 'react';
import { useStore } from 'zustand/react';
import type { InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';
import type { Client, Overview } from './client.ts';
import type { Connection } from './live.ts';
import type { ProposalCard, RunRow } from './patch.ts';
import type { QueryOptions, QueryState } from './queries.ts';

const ClientContext = createContext<Client | undefined>(undefined);

export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>;
}

export function useClient(): Client {
  const client = use(ClientContext);
  if (!client) throw new Error('A view needs a ClientProvider above it');
  return client;
}

export interface UseQueryOptions extends QueryOptions {
  /** False: not asked yet; the state stays as it was. */
  readonly enabled?: boolean | undefined;
}

/** The answer of a query, read again when an event makes it old. Pass a new input to ask something else. */
export function useQuery<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  { watch, every, enabled = true }: UseQueryOptions = {},
): QueryState<OutputOf<N>> & { reread: () => void } {
  const { queries } = useClient();
  const key = JSON.stringify(input);
  const watched = watch?.join(' ');
  const subscribe = useCallback(
    (listener: () => void) =>
      enabled
        ? queries.subscribe(
            name,
            JSON.parse(key) as InputOf<N>,
            { watch: watched?.split(' '), every },
            listener,
          )
        : () => undefined,
    [queries, name, key, watched, every, enabled],
  );
  const snapshot = useCallback(
    () => queries.snapshot(name, JSON.parse(key) as InputOf<N>),
    [queries, name, key],
  );
  const state = useSyncExternalStore(subscribe, snapshot);
  const reread = useCallback(() => {
    queries.reread(name, JSON.parse(key) as InputOf<N>);
  }, [queries, name, key]);
  return { ...state, reread };
}

export function useConnection(): Connection {
  return useStore(useClient().world, (state) => state.connection);
}

export function useOverview(): Overview | undefined {
  return useStore(useClient().world, (state) => state.overview);
}

/** Whether the database of the host is damaged, so that only its backups can be asked for. */
export function useSafeMode(): boolean {
  return useStore(useClient().world, (state) => state.safeMode);
}

/** One card; renders only when that card changes. */
export function useCard(id: string): ProposalCard | undefined {
  return useStore(useClient().cards, (state) => state.byId.get(id));
}

/** One run row; renders only when that row changes. */
export function useRow(id: string): RunRow | undefined {
  return useStore(useClient().rows, (state) => state.byId.get(id));
}

/** Last timeline sequence heard of for a run; undefined until there is news. */
export function useRunTail(id: string): number | undefined {
  return useStore(useClient().world, (state) => state.tails.get(id));
}
