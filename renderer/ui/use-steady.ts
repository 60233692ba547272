import { useState, type FocusEvent } from 'react';
import { steadyOrder } from './steady-order.ts';

/** Keeps the order of a list while the pointer or the focus is in it; `refresh` applies what waited. Spread `watch` on what holds the list. */
export function useSteady<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): {
  readonly items: readonly Item[];
  /** How many rows wait for their place. */
  readonly held: number;
  readonly refresh: () => void;
  readonly watch: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: (event: FocusEvent) => void;
  };
} {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [kept, setKept] = useState<readonly string[]>(() => items.map(keyOf));
  const steady = pointed || focused ? steadyOrder(kept, items, keyOf) : { items, held: 0 };
  const keys = steady.items.map(keyOf);
  if (keys.length !== kept.length || keys.some((key, at) => key !== kept[at])) setKept(keys);
  return {
    ...steady,
    refresh: () => {
      setKept(items.map(keyOf));
    },
    watch: {
      onPointerEnter: () => {
        setPointed(true);
      },
      onPointerLeave: () => {
        setPointed(false);
      },
      onFocus: () => {
        setFocused(true);
      },
      onBlur: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setFocused(false);
      },
    },
  };
}
