/**
 * Everything a person can do, once: the palette, the menus, the key hints and the shortcuts sheet are all read from here.
 * A key belongs to the innermost scope that binds it. While a dialog or popover is open, only its own actions have keys.
 */
export const scopes = ['dialog', 'popover', 'list', 'view', 'global'] as const;
export type ActionScope = (typeof scopes)[number];

export interface Action {
  /** "run.stop": noun, then verb; unique. */
  readonly id: string;
  readonly title: string;
  /** Found in the palette by these too. */
  readonly keywords?: string | undefined;
  /** Heading in the palette and the shortcuts sheet. */
  readonly group: string;
  readonly scope: ActionScope;
  /** tinykeys notation; `$mod` is ⌘ on a Mac and Ctrl elsewhere. Several bindings: the first is the one shown. */
  readonly keys?: string | readonly string[] | undefined;
  /** The keys that come with Homer, where the reader chose others; the registry sets it. */
  readonly givenKeys?: readonly string[] | undefined;
  /** Why it cannot be done now. It stays visible and says so. */
  readonly unavailable?: string | undefined;
  /** False keeps it out of the palette; its key still works. */
  readonly listed?: boolean | undefined;
  /** Fires again while the key is held. */
  readonly repeats?: boolean | undefined;
  /** It opens nothing above the view, so the palette can stay open over it (Alt+Enter). */
  readonly stays?: boolean | undefined;
  /** It acts on what is selected in the view: the palette leaves it out once the reader has taken the selection away there. */
  readonly onSelection?: boolean | undefined;
  readonly run: () => void;
}

export interface ActionRegistry {
  readonly subscribe: (listener: () => void) => () => void;
  /** Latest registration first within a scope; stable until something changes. */
  readonly snapshot: () => readonly Action[];
  /** Adds actions; the result takes them out again. A later action with the same id stands in for the earlier one. */
  register(actions: readonly Action[]): () => void;
  find(id: string): Action | undefined;
}

/** Keys that the reader chose, by the id of the action; an empty list leaves it without a key. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

export interface OwnKeysSource {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => { readonly shortcuts: OwnKeys };
}
const noneOwn: OwnKeysSource = { subscribe: () => () => undefined, snapshot: () => ({ shortcuts: {} }) };

/** Actions come with keys; those that the reader chose in `own` stand in their place everywhere, as long as the page is open. */
export function createActionRegistry(own: OwnKeysSource = noneOwn): ActionRegistry {
  const listeners = new Set<() => void>();
  let shortcuts = own.snapshot().shortcuts;
  let groups: readonly (readonly Action[])[] = [];
  let actions: readonly Action[] = [];

  const changed = (): void => {
    const byId = new Map<string, Action>();
    for (const group of groups)
      for (const action of group) if (!byId.has(action.id)) byId.set(action.id, withOwn(action, shortcuts));
    actions = [...byId.values()].sort((a, b) => scopes.indexOf(a.scope) - scopes.indexOf(b.scope));
    for (const listener of listeners) listener();
  };
  own.subscribe(() => {
    const next = own.snapshot().shortcuts;
    if (next === shortcuts) return;
    shortcuts = next;
    changed();
  });
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => actions,
    register(added) {
      groups = [added, ...groups];
      changed();
      return () => {
        groups = groups.filter((group) => group !== added);
        changed();
      };
    },
    find: (id) => actions.find((action) => action.id === id),
  };
}

function withOwn(action: Action, shortcuts: OwnKeys): Action {
  const keys = Object.hasOwn(shortcuts, action.id) ? shortcuts[action.id] : undefined;
  return keys === undefined ? action : { ...action, keys, givenKeys: bindings(action) };
}

export function bindings(action: Action): readonly string[] {
  return action.keys === undefined ? [] : typeof action.keys === 'string' ? [action.keys] : action.keys;
}
