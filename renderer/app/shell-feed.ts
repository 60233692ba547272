/** What the shell shows of the world. The client implements it; one selector behind it feeds every count. */
export interface ShellState {
  readonly connection: {
    readonly state: 'connecting' | 'live' | 'lost';
    /** Last contact, stored time. */ readonly since?: string | undefined;
  };
  /** The version of a host that was updated under this page: it should be loaded anew. */
  readonly updatedTo: string | undefined;
  /** Counts may change at any time; attention colours those that wait for a person. */
  readonly counts: { readonly inbox?: number; readonly runs?: number };
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  /** Undefined: all projects. It filters every view. */
  readonly project: string | undefined;
}

export interface ShellFeed {
  readonly subscribe: (listener: () => void) => () => void;
  /** Stable until something changes. */
  readonly snapshot: () => ShellState;
  chooseProject(id: string | undefined): void;
}

/** A feed held in memory: what a client writes into, and what tests and the catalogue use. */
export function createShellFeed(
  first: Partial<ShellState> = {},
): ShellFeed & { set(change: Partial<ShellState>): void } {
  const listeners = new Set<() => void>();
  let state: ShellState = {
    connection: { state: 'connecting' },
    updatedTo: undefined,
    counts: {},
    projects: [],
    project: undefined,
    ...first,
  };
  const set = (change: Partial<ShellState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    chooseProject(id) {
      set({ project: id });
    },
    set,
  };
}
