import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Stage } from '../../../preload/contract/moves.ts';

/** Where the reader is on the board. Kept apart from the cards: moving renders two cards, not all. */
export interface CursorState {
  readonly focused: string | undefined;
  /** Grows when the program, not the pointer, moved: the card then takes the keyboard focus and is scrolled to. */
  readonly moves: number;
  readonly checked: ReadonlySet<string>;
  /** The card whose menu is open. */
  readonly menu: string | undefined;
  readonly drag: Drag | undefined;
  /** Where the chosen card stood last, so that its neighbour is chosen when it leaves. */
  readonly place: { readonly stage: Stage; readonly index: number };
}
export interface Drag {
  readonly id: string;
  readonly from: Stage;
  readonly over: Stage | undefined;
}
export type Cursor = StoreApi<CursorState>;

export function createCursor(): Cursor {
  return createStore<CursorState>(() => ({
    focused: undefined,
    moves: 0,
    checked: new Set<string>(),
    menu: undefined,
    drag: undefined,
    place: { stage: 'idea', index: 0 },
  }));
}

export function focusCard(cursor: Cursor, id: string | undefined): void {
  cursor.setState(({ moves }) => ({ focused: id, moves: moves + 1 }));
}

export function toggleChecked(cursor: Cursor, id: string): void {
  cursor.setState(({ checked }) => {
    const next = new Set(checked);
    if (!next.delete(id)) next.add(id);
    return { checked: next };
  });
}

export function remember(cursor: Cursor, stage: Stage, index: number): void {
  const { place } = cursor.getState();
  if (place.stage !== stage || place.index !== index) cursor.setState({ place: { stage, index } });
}
