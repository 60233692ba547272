import type { ContractFailure } from '../../preload/contract/errors.ts';
import type { Call, InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';
import type { RendererClock } from './clock.ts';
import { topicsOf } from './topics.ts';

/** What is known of one query. Data stays while it is read again and when that fails: a view that was filled never blanks. */
export interface QueryState<T> {
  readonly data: T | undefined;
  /** Of the latest attempt. */
  readonly failure: ContractFailure | undefined;
  readonly pending: boolean;
  /** Milliseconds since 1970 when `data` was read. */
  readonly at: number | undefined;
}

export interface QueryOptions {
  /** Topics that make it stale, instead of those of the operation. */
  readonly watch?: readonly string[] | undefined;
  /** At most one re-reading in so many milliseconds. */
  readonly every?: number | undefined;
}

export interface Queries {
  subscribe<N extends OperationName>(
    name: N,
    input: InputOf<N>,
    options: QueryOptions,
    listener: () => void,
  ): () => void;
  snapshot<N extends OperationName>(name: N, input: InputOf<N>): QueryState<OutputOf<N>>;
  reread<N extends OperationName>(name: N, input: InputOf<N>): void;
  /** Sets what a command answered, so that nothing has to be read. */
  put<N extends OperationName>(name: N, input: InputOf<N>, data: OutputOf<N>): void;
  changed(topics: ReadonlySet<string>): void;
  rereadAll(): void;
}

interface Entry {
  readonly name: OperationName;
  readonly input: unknown;
  state: QueryState<unknown>;
  readonly listeners: Set<() => void>;
  watch: readonly string[];
  every: number;
  stale: boolean;
  reading: boolean;
  startedAt: number;
  cancel: (() => void) | undefined;
}

const unread: QueryState<never> = { data: undefined, failure: undefined, pending: true, at: undefined };
const keptEntries = 200;

export function createQueries(call: Call, clock: RendererClock, ready: Promise<unknown>): Queries {
  const entries = new Map<string, Entry>();
  const keyOf = (name: string, input: unknown): string => `${name} ${JSON.stringify(input)}`;

  const entryOf = (name: OperationName, input: unknown): Entry => {
    const key = keyOf(name, input);
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = {
      name,
      input,
      state: unread,
      listeners: new Set(),
      watch: topicsOf(name, input),
      every: 250,
      stale: true,
      reading: false,
      startedAt: -Infinity,
      cancel: undefined,
    };
    entries.set(key, entry);
    // The oldest that nobody looks at make room.
    if (entries.size > keptEntries)
      for (const [oldKey, old] of entries) {
        if (entries.size <= keptEntries) break;
        if (old.listeners.size === 0 && old !== entry) entries.delete(oldKey);
      }
    return entry;
  };

  const set = (entry: Entry, state: QueryState<unknown>): void => {
    entry.state = state;
    for (const listener of entry.listeners) listener();
  };

  const read = async (entry: Entry): Promise<void> => {
    entry.cancel?.();
    entry.cancel = undefined;
    entry.reading = true;
    entry.stale = false;
    if (!entry.state.pending) set(entry, { ...entry.state, pending: true });
    await ready;
    entry.startedAt = clock.now();
    const reply = await call(entry.name, entry.input as never);
    entry.reading = false;
    set(
      entry,
      reply.ok
        ? { data: reply.value, failure: undefined, pending: false, at: clock.now() }
        : { ...entry.state, failure: reply.error, pending: false },
    );
    // A change may have come while it was being read.
    if (isStale(entry)) schedule(entry);
  };

  const schedule = (entry: Entry): void => {
    entry.stale = true;
    if (entry.listeners.size === 0 || entry.reading || entry.cancel) return;
    const wait = entry.startedAt + entry.every - clock.now();
    if (wait <= 0) void read(entry);
    else
      entry.cancel = clock.after(wait, () => {
        entry.cancel = undefined;
        void read(entry);
      });
  };

  return {
    subscribe(name, input, options, listener) {
      const entry = entryOf(name, input);
      entry.listeners.add(listener);
      if (options.watch) entry.watch = options.watch;
      if (options.every !== undefined) entry.every = options.every;
      if ((entry.stale || entry.state.failure) && !entry.reading) schedule(entry);
      return () => {
        entry.listeners.delete(listener);
        if (entry.listeners.size > 0) return;
        if (entry.cancel) entry.stale = true;
        entry.cancel?.();
        entry.cancel = undefined;
      };
    },
    snapshot: <N extends OperationName>(name: N, input: InputOf<N>) =>
      entryOf(name, input).state as QueryState<OutputOf<N>>,
    reread(name, input) {
      const entry = entryOf(name, input);
      if (entry.reading) entry.stale = true;
      else void read(entry);
    },
    put(name, input, data) {
      set(entryOf(name, input), { data, failure: undefined, pending: false, at: clock.now() });
    },
    changed(topics) {
      for (const entry of entries.values())
        if (entry.watch.some((topic) => topics.has(topic))) schedule(entry);
    },
    rereadAll() {
      for (const entry of entries.values()) schedule(entry);
    },
  };
}

function isStale(entry: Entry): boolean {
  return entry.stale;
}
