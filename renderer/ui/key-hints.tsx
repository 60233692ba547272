import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';

/**
 * Which key a control shows. A hint is written as the key that comes with Homer ("c"), or as `@` and the id of an action
 * ("@run.stop"), whose key may be another by now. `layer` says where the hint stands: in a dialog or popover only its own actions have keys.
 */
export interface KeyHints {
  readonly subscribe: (listener: () => void) => () => void;
  /** The binding to show; undefined when there is none. */
  readonly shown: (hint: string, layer: KeyLayer) => string | undefined;
}
export type KeyLayer = 'page' | 'popover' | 'dialog';

const asWritten: KeyHints = {
  subscribe: () => () => undefined,
  shown: (hint) => (hint.startsWith('@') ? undefined : hint),
};
const HintsContext = createContext<KeyHints>(asWritten);
const LayerContext = createContext<KeyLayer>('page');

export function KeyHintsProvider({ hints, children }: { hints: KeyHints; children: ReactNode }) {
  return <HintsContext value={hints}>{children}</HintsContext>;
}

/** Hints inside stand for the actions of a dialog or popover. */
export function KeyLayerOf({ layer, children }: { layer: KeyLayer; children: ReactNode }) {
  return <LayerContext value={layer}>{children}</LayerContext>;
}

/** The binding that a hint stands for now. */
export function useShownKeys(hint: string | undefined): string | undefined {
  const hints = use(HintsContext);
  const layer = use(LayerContext);
  return useSyncExternalStore(hints.subscribe, () => (hint ? hints.shown(hint, layer) : undefined));
}
