import { useEffect } from 'react';
import { useRouter } from '../../app/router-context.tsx';
import type { Cursor } from './board-cursor.ts';

const name = 'card';

/** Keeps the chosen card under the present entry of the history, without rendering anything, and chooses it again after the page was loaded anew. */
export function useKeptCard(cursor: Cursor): void {
  const { memory } = useRouter();
  useEffect(() => {
    const kept = memory.get(name);
    if (cursor.getState().focused === undefined && typeof kept === 'string')
      cursor.setState({ focused: kept });
    return cursor.subscribe(({ focused }, before) => {
      if (focused !== before.focused) memory.set(name, focused);
    });
  }, [cursor, memory]);
}
