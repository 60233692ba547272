import { densities, type Density } from '../ui/density.ts';
import type { OwnKeys } from './actions.ts';

/** What this window remembers of its reader: theme, sidebar, keys. Kept in the browser's storage, never in the database. */
export interface PreferenceValues {
  readonly theme: 'system' | 'light' | 'dark';
  /** Colours of diffs. */
  readonly diffColours: 'teal-orange' | 'blue-orange';
  /** How close rows stand. */
  readonly density: Density;
  readonly singleKeys: boolean;
  /** Keys in place of those that come with Homer, by the id of the action. */
  readonly shortcuts: OwnKeys;
  readonly sidebarCollapsed: boolean;
  readonly sidebarWidth: number;
  readonly inspectorOpen: boolean;
  /** What the board showed last, and what it starts with in a new window, as its address says it. */
  readonly board: string;
  readonly boardStart: string;
  /** The lanes of the board that are folded, by goal or project. */
  readonly foldedLanes: readonly string[];
  /** Whether the first steps are shown: `auto` until the first diff is applied, or as the reader said. */
  readonly guide: string;
  /** A diff was looked at: the one step that leaves nothing in the records. */
  readonly sawReview: boolean;
}
const initial: PreferenceValues = {
  theme: 'system',
  diffColours: 'teal-orange',
  density: 'default',
  singleKeys: true,
  shortcuts: {},
  sidebarCollapsed: false,
  sidebarWidth: 216,
  inspectorOpen: true,
  board: '',
  boardStart: '',
  foldedLanes: [],
  guide: 'auto',
  sawReview: false,
};
const storageKey = 'homer.preferences';

export interface Preferences {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => PreferenceValues;
  readonly set: (change: Partial<PreferenceValues>) => void;
}

/** Storage may be absent or hold nonsense; then the defaults stand for this session. What another window of Homer changes holds here too. */
export function createPreferences(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  root: HTMLElement,
  window?: Pick<Window, 'addEventListener'>,
): Preferences {
  const listeners = new Set<() => void>();
  let values = { ...initial, ...read(storage) };
  const show = (): void => {
    if (values.theme === 'system') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', values.theme);
    if (values.diffColours === 'teal-orange') root.removeAttribute('data-diff');
    else root.setAttribute('data-diff', values.diffColours);
    if (values.density === 'default') root.removeAttribute('data-density');
    else root.setAttribute('data-density', values.density);
  };
  show();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  window?.addEventListener('storage', ({ key }) => {
    if (key !== storageKey) return;
    values = { ...initial, ...read(storage) };
    show();
    tell();
  });
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => values,
    set(change) {
      values = { ...values, ...change };
      show();
      storage.setItem(storageKey, JSON.stringify(values));
      tell();
    },
  };
}

function read(storage: Pick<Storage, 'getItem'>): Partial<PreferenceValues> {
  let stored: unknown;
  try {
    stored = JSON.parse(storage.getItem(storageKey) ?? '{}');
  } catch {
    // Text that is no JSON was not written by us: start from the defaults.
    return {};
  }
  if (typeof stored !== 'object' || stored === null) return {};
  const known = Object.entries(stored).filter(([name, value]) => {
    const fallback: unknown = initial[name as keyof PreferenceValues];
    if (name === 'theme') return value === 'system' || value === 'light' || value === 'dark';
    if (name === 'diffColours') return value === 'teal-orange' || value === 'blue-orange';
    if (name === 'density') return densities.some((each) => each === value);
    if (name === 'shortcuts') return areOwnKeys(value);
    if (Array.isArray(fallback))
      return Array.isArray(value) && value.every((each) => typeof each === 'string');
    return typeof value === typeof fallback;
  });
  return Object.fromEntries(known);
}

/** Each press is a key with its modifiers; at most two follow each other. */
const binding =
  /^(?:(?:\[Shift\]|\$mod|Control|Alt|Shift|Meta)\+)*(?:(?!\(.)[^\s+]+|\+)(?: (?:(?:\[Shift\]|\$mod|Control|Alt|Shift|Meta)\+)*(?!\(.)[^\s+]+)?$/u;

function areOwnKeys(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(
      (keys) =>
        Array.isArray(keys) &&
        keys.every((each) => typeof each === 'string' && each.length < 60 && binding.test(each)),
    )
  );
}
