import { createEntryMemory } from './entry-memory.ts';
import { keptSearch } from './kept-search.ts';
import { href, parseHref, to, type Location, type RouteName, type Search } from './routes.ts';

/**
 * Where the reader is, and how they got there. Addresses live in the hash, so that the same page works from a file, a
 * custom protocol and a server. Each history entry has a key; views keep scroll and the like under it, so that back and
 * forward restore them, also after the page was loaded anew, while a fresh visit starts afresh.
 */
export interface Router {
  readonly subscribe: (listener: () => void) => () => void;
  /** Stable until something changes. */
  readonly snapshot: () => RouterState;
  go(location: Location): void;
  /** Changes the address in place: a filter or a selection is not a step of its own. */
  replace(location: Location): void;
  readonly back: () => void;
  readonly forward: () => void;
  /** What a view showed when it was left: a filter, a list; nothing of what was open in it. */
  leftAt(route: RouteName): Search;
  /** What a view keeps for the present history entry. */
  readonly memory: Map<string, unknown>;
  stop(): void;
}
export interface RouterState {
  /** Undefined for an address that is not ours. */
  readonly location: Location | undefined;
  readonly entry: string;
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
}
interface EntryState {
  readonly homer: true;
  readonly index: number;
  readonly visit: number;
}

export function createRouter(window: Window, start: Location = to('board', {})): Router {
  const listeners = new Set<() => void>();
  const kept = createEntryMemory(window);
  const { left } = kept;
  let state: RouterState;

  const entryState = (): EntryState | undefined => {
    const value: unknown = window.history.state;
    return typeof value === 'object' && value !== null && 'homer' in value
      ? (value as EntryState)
      : undefined;
  };
  const read = (): void => {
    const here = entryState() ?? { homer: true, index: 0, visit: 0 };
    kept.visits = Math.max(kept.visits, here.visit);
    kept.last = Math.max(kept.last, here.index);
    state = {
      location: parseHref(window.location.hash),
      entry: `${String(here.index)}.${String(here.visit)}`,
      canGoBack: here.index > 0,
      canGoForward: here.index < kept.last,
    };
    if (state.location) left.set(state.location.name, keptSearch(state.location.name, state.location.search));
    for (const listener of listeners) listener();
  };
  const write = (kind: 'push' | 'replace', location: Location): void => {
    const here = entryState();
    const index = kind === 'push' ? (here?.index ?? 0) + 1 : (here?.index ?? 0);
    const visit = kind === 'push' ? (kept.visits += 1) : (here?.visit ?? 0);
    if (kind === 'push') kept.last = index;
    const next: EntryState = { homer: true, index, visit };
    if (kind === 'push') window.history.pushState(next, '', href(location));
    else window.history.replaceState(next, '', href(location));
    read();
  };
  // A link or a typed address makes an entry without our state: give it one, as if we had gone there.
  const moved = (): void => {
    if (!entryState()) {
      kept.last += 1;
      kept.visits += 1;
      const next: EntryState = { homer: true, index: kept.last, visit: kept.visits };
      window.history.replaceState(next, '');
    }
    read();
  };

  window.addEventListener('popstate', moved);
  window.addEventListener('pagehide', kept.keep);
  const address = window.location.hash;
  if (!entryState() || address === '' || address === '#') {
    // Not an entry that this window had: nothing before it is ours, and nothing kept is of it.
    kept.last = 0;
    kept.visits += 1;
    const next: EntryState = { homer: true, index: 0, visit: kept.visits };
    window.history.replaceState(next, '', address.length > 1 ? address : href(start));
  }
  state = { location: undefined, entry: '0.0', canGoBack: false, canGoForward: false };
  read();

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    go(location) {
      if (href(location) === window.location.hash) return;
      write('push', location);
    },
    replace(location) {
      if (href(location) !== window.location.hash) write('replace', location);
    },
    back() {
      if (state.canGoBack) window.history.back();
    },
    forward() {
      if (state.canGoForward) window.history.forward();
    },
    leftAt: (route) => left.get(route) ?? {},
    get memory() {
      return kept.of(state.entry);
    },
    stop() {
      window.removeEventListener('popstate', moved);
      window.removeEventListener('pagehide', kept.keep);
      listeners.clear();
    },
  };
}
