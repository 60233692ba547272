import { createContext, use, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { rowHeights } from '../ui/density.ts';
import type { Preferences, PreferenceValues } from './preferences.ts';
import type { ShellFeed, ShellState } from './shell-feed.ts';

interface Shell {
  readonly feed: ShellFeed;
  readonly preferences: Preferences;
}
const ShellContext = createContext<Shell | undefined>(undefined);

export function ShellProvider({ feed, preferences, children }: Shell & { children: ReactNode }) {
  return <ShellContext value={{ feed, preferences }}>{children}</ShellContext>;
}

function useShell(): Shell {
  const shell = use(ShellContext);
  if (!shell) throw new Error('The shell needs a ShellProvider above it');
  return shell;
}

export function useShellFeed(): ShellFeed {
  return useShell().feed;
}

export function useShellState(): ShellState {
  const { feed } = useShell();
  return useSyncExternalStore(feed.subscribe, feed.snapshot);
}

export function usePreferences(): [PreferenceValues, Preferences['set']] {
  const { preferences } = useShell();
  return [useSyncExternalStore(preferences.subscribe, preferences.snapshot), preferences.set];
}

/** How high a row of one line is now, in pixels, for lists that place their rows themselves; in class names it is `h-row`. */
export function useRowHeight(): number {
  return rowHeights[usePreferences()[0].density];
}

/** Places of the shell that a view may fill. */
export interface ShellSlots {
  readonly crumb: HTMLElement | null;
  readonly actions: HTMLElement | null;
  readonly inspector: HTMLElement | null;
  /** Told by Inspector while it is mounted, so that the shell makes room. */
  readonly setInspected: (present: boolean) => void;
  /** Told by usePageTitle what the page is about. */
  readonly setNamed: (name: string | undefined) => void;
}
export const SlotsContext = createContext<ShellSlots | undefined>(undefined);

/** Names the page after what it shows, in the window's title and the browser's history. */
export function usePageTitle(name: string | undefined): void {
  const setNamed = use(SlotsContext)?.setNamed;
  useEffect(() => {
    setNamed?.(name);
    return () => setNamed?.(undefined);
  }, [setNamed, name]);
}

function useSlot(name: 'crumb' | 'actions'): HTMLElement | null {
  return use(SlotsContext)?.[name] ?? null;
}

/** Adds to the title bar, after the view's name: the title of the thing shown, its status. */
export function TitleBarDetail({ children }: { children: ReactNode }) {
  const slot = useSlot('crumb');
  return slot ? createPortal(children, slot) : null;
}

/** Adds controls at the right of the title bar. */
export function TitleBarActions({ children }: { children: ReactNode }) {
  const slot = useSlot('actions');
  return slot ? createPortal(children, slot) : null;
}
