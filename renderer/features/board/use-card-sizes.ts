import type { Virtualizer } from '@tanstack/react-virtual';
import { useMemo } from 'react';
import { useRouter } from '../../app/router-context.tsx';

export interface CardSizes {
  /** How high a card was when its column was scrolled last; undefined: not known. */
  of(id: string): number | undefined;
  /** Keeps the heights of all down to what is in sight. */
  keep(list: Virtualizer<HTMLDivElement, HTMLDivElement>): void;
}

/**
 * Heights of the cards of a column, kept with how far it is scrolled: how high a card is is known only once it is drawn, and with other heights
 * above it the same distance leads to another card.
 */
export function useCardSizes(name: string): CardSizes {
  const { memory } = useRouter();
  return useMemo(() => {
    const key = `${name} sizes`;
    const sizes = { ...(memory.get(key) as Record<string, number> | undefined) };
    return {
      of: (id) => sizes[id],
      keep(list) {
        const last = list.range?.endIndex ?? -1;
        for (const { key: id, size } of list.measurementsCache.slice(0, last + 1)) sizes[String(id)] = size;
        memory.set(key, sizes);
      },
    };
  }, [memory, name]);
}
