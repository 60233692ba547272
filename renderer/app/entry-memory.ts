import type { RouteName, Search } from './routes.ts';

/**
 * What views keep under the entries of the history, so that Back, Forward and a reload show them as they were left, and what each view
 * showed last. The former lives as long as the window does, the latter as long as the browser's storage: Homer comes back with its filters.
 *
 * A value is kept over a reload when JSON can say it; sets can be said as well. Storage may be absent, full or hold nonsense: then what it
 * was for starts afresh.
 */
export interface EntryMemory {
  of(entry: string): Map<string, unknown>;
  /** The highest number a visit has had, and the last place in the history: of this window, whatever was loaded before. */
  visits: number;
  last: number;
  readonly left: Map<RouteName, Search>;
  /** Writes it down, for who comes after this page. */
  keep(): void;
}
type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

const entriesKey = 'homer.entries';
const leftKey = 'homer.left';
/** Entries further back than these start afresh after a reload. */
const MOST = 40;

export function createEntryMemory(window: {
  readonly sessionStorage: Keeper;
  readonly localStorage: Keeper;
}): EntryMemory {
  const stored = read(window.sessionStorage, entriesKey);
  const entries = new Map<string, Map<string, unknown>>();
  if (Array.isArray(stored['entries']))
    for (const each of stored['entries'] as unknown[]) {
      const [entry, values] = Array.isArray(each) ? (each as unknown[]) : [];
      if (typeof entry === 'string' && isRecord(values)) entries.set(entry, new Map(Object.entries(values)));
    }
  const whole = (value: unknown): number => (Number.isSafeInteger(value) ? Math.max(0, Number(value)) : 0);
  const left = Object.entries(read(window.localStorage, leftKey)).filter(
    ([, search]) => isRecord(search) && Object.values(search).every((value) => typeof value === 'string'),
  );
  const memory: EntryMemory = {
    visits: whole(stored['visits']),
    last: whole(stored['last']),
    left: new Map(left as [RouteName, Search][]),
    of(entry) {
      const found = entries.get(entry) ?? new Map<string, unknown>();
      // The one that was asked for last stands last.
      entries.delete(entry);
      entries.set(entry, found);
      return found;
    },
    keep() {
      const kept = [...entries].slice(-MOST).map(([entry, values]) => [entry, Object.fromEntries(values)]);
      write(window.sessionStorage, entriesKey, { visits: memory.visits, last: memory.last, entries: kept });
      write(window.localStorage, leftKey, Object.fromEntries(memory.left));
    },
  };
  return memory;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function read(storage: Keeper, key: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? '{}', (_, each: unknown) =>
      isRecord(each) && Array.isArray(each['$set']) ? new Set(each['$set']) : each,
    );
    return isRecord(value) ? value : {};
  } catch {
    // Not written by us, or not to be read: nothing was kept.
    return {};
  }
}

/** False: storage is full or forbidden, and the views start afresh, as in a new window. */
function write(storage: Keeper, key: string, value: unknown): boolean {
  try {
    const text = JSON.stringify(value, (_, each: unknown) =>
      each instanceof Set ? { $set: [...each] } : each,
    );
    storage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
