import { createContext, use, useSyncExternalStore } from 'react';

/** Which day all charts point at: one cursor for the page. Undefined while nobody points. */
export interface CursorStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly at: () => string | undefined;
  readonly set: (date: string | undefined) => void;
}

export function createCursor(): CursorStore {
  const listeners = new Set<() => void>();
  let at: string | undefined;
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    at: () => at,
    set(date) {
      if (date === at) return;
      at = date;
      for (const each of listeners) each();
    },
  };
}

export const CursorContext = createContext<CursorStore>(createCursor());

/** The day under the cursor, and the store to move it. */
export function useCursor(): [string | undefined, CursorStore] {
  const store = use(CursorContext);
  return [useSyncExternalStore(store.subscribe, store.at), store];
}
