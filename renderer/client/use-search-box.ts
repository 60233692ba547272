import { useEffect, useMemo, useRef, useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { useClient } from './client-context.tsx';

export interface SearchBox {
  /** The words as they stand in the field. Whoever shows them subscribes: the board does not render with every letter. */
  readonly store: StoreApi<{ readonly typed: string }>;
  readonly type: (words: string) => void;
}

const settleMs = 300;

/**
 * Words as they are typed. They are asked for at once, before anything renders; the address gets them when the typing rests. A change of the
 * address changes them.
 */
export function useSearchBox(
  kept: string,
  keep: (words: string) => void,
  ask: (words: string) => void,
): SearchBox {
  const { clock } = useClient();
  const [store] = useState(() => createStore(() => ({ typed: kept })));
  const written = useRef(kept);
  const cancel = useRef<() => void>(undefined);
  const latest = useRef({ keep, ask });
  useEffect(() => {
    latest.current = { keep, ask };
  });
  useEffect(() => {
    if (kept === written.current) return;
    written.current = kept;
    store.setState({ typed: kept });
  }, [kept, store]);
  useEffect(() => () => cancel.current?.(), []);
  return useMemo(
    () => ({
      store,
      type(words) {
        latest.current.ask(words);
        store.setState({ typed: words });
        cancel.current?.();
        cancel.current = clock.after(settleMs, () => {
          if (words === written.current) return;
          written.current = words;
          latest.current.keep(words);
        });
      },
    }),
    [store, clock],
  );
}
