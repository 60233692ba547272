import type { Client } from './client.ts';
import { formatTime } from './clock.ts';

interface FeedState {
  readonly connection: { readonly state: 'connecting' | 'live' | 'lost'; readonly since?: string };
  readonly updatedTo: string | undefined;
  readonly counts: { readonly inbox?: number; readonly runs?: number };
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  readonly project: string | undefined;
}

const storageKey = 'homer.project';

/** What the shell shows of the world, from the one place every count comes from. */
export function createClientFeed(client: Client, storage: Pick<Storage, 'getItem' | 'setItem'>) {
  const listeners = new Set<() => void>();
  let state: FeedState = {
    connection: { state: 'connecting' },
    updatedTo: undefined,
    counts: {},
    projects: [],
    project: storage.getItem(storageKey) || undefined,
  };
  const set = (change: Partial<FeedState>): void => {
    const next = { ...state, ...change };
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const ends: (() => void)[] = [];
  const readWorld = (): void => {
    const { connection, overview, updatedTo } = client.world.getState();
    const { state: name } = connection;
    set({
      updatedTo,
      connection:
        name === 'stale' || name === 'offline'
          ? { state: 'lost', since: formatTime(connection.since) }
          : { state: name },
      ...(overview ? { counts: { inbox: overview.needsYou, runs: overview.running } } : {}),
    });
  };
  const readProjects = (): void => {
    const { data } = client.queries.snapshot('project.list', {});
    if (!data) return;
    const projects = data.map(({ id, name }) => ({ id, name }));
    const gone = state.project !== undefined && !projects.some(({ id }) => id === state.project);
    set({ projects, ...(gone ? { project: undefined } : {}) });
  };

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    snapshot: () => state,
    chooseProject(id: string | undefined) {
      storage.setItem(storageKey, id ?? '');
      set({ project: id });
    },
    /** Listens to the client until the result is called. */
    start() {
      ends.push(
        client.world.subscribe(readWorld),
        client.queries.subscribe('project.list', {}, { every: 1_000 }, readProjects),
      );
      readWorld();
      readProjects();
      return () => {
        for (const end of ends.splice(0)) end();
      };
    },
  };
}
