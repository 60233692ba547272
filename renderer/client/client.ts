import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../preload/contract/live.ts';
import type { Call, InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';
import { createAhead } from './ahead.ts';
import { createBridgeCarrier, createCall, createHttpCarrier } from './call.ts';
import type { RendererClock } from './clock.ts';
import { createEarlyCarrier, type EarlyAnswers } from './early.ts';
import { createDownload, type Download } from './download.ts';
import { createEntities, putEntities, type Entities } from './entities.ts';
import { createBridgeSource, createEventSource, type LiveSource } from './live-source.ts';
import { createLive, type Connection, type Live } from './live.ts';
import { createPatcher, type Patch, type ProposalCard, type RunRow } from './patch.ts';
import { createQueries, type Queries } from './queries.ts';

export type Overview = OutputOf<'overview.get'>;

export interface WorldState {
  readonly connection: Connection;
  readonly overview: Overview | undefined;
  /** The host's database is damaged: nothing but its backups can be asked for. */
  readonly safeMode: boolean;
  /** The version of the host that serves this page now, where it is not the one that the page came from. */
  readonly updatedTo: string | undefined;
  /** Last timeline sequence of runs that got new events while this window was open. */
  readonly tails: ReadonlyMap<string, number>;
}

/** Everything a view needs of the runtime. One per window. */
export interface Client {
  readonly call: Call;
  /** Asks before anybody needs the answer: the first call of the same gets this one. */
  ahead<N extends OperationName>(name: N, input: InputOf<N>): void;
  /** Reads a file of the host; undefined in the desktop host, which writes files itself. */
  readonly download: Download | undefined;
  readonly clock: RendererClock;
  readonly queries: Queries;
  readonly world: StoreApi<WorldState>;
  readonly cards: Entities<ProposalCard>;
  readonly rows: Entities<RunRow>;
  /** Settles when the first answer came, or failed to. */
  readonly ready: Promise<unknown>;
  /** Reads an entity again soon, as if an event had named it. */
  touch(entity: 'proposal' | 'run', id: string): void;
  /** True while this card or row changes though nobody in this window asked for it. */
  isForeign(id: string): boolean;
  /** A command about it was sent; the result says that it was answered. */
  commanding(id: string): () => void;
  /** Called with each batch of changed cards and rows. */
  onPatch(listener: (patch: Patch) => void): () => void;
  /** Called when everything must be read again. */
  onReset(listener: () => void): () => void;
  /** Tries to connect now. */
  retry(): void;
  stop(): void;
}

export interface ClientOptions {
  readonly call: Call;
  readonly download?: Download | undefined;
  readonly source: LiveSource;
  readonly clock: RendererClock;
}

export function createClient({ call: send, download, source, clock }: ClientOptions): Client {
  const { call, ahead, forget } = createAhead(send, clock);
  const world = createStore<WorldState>(() => ({
    connection: { state: 'connecting' },
    overview: undefined,
    safeMode: false,
    updatedTo: undefined,
    tails: new Map(),
  }));
  const cards = createEntities<ProposalCard>();
  const rows = createEntities<RunRow>();
  const patches = new Set<(patch: Patch) => void>();
  const resets = new Set<() => void>();
  let live: Live | undefined;
  let cancel: (() => void) | undefined;
  let stopped = false;
  /** The one that served this page. */
  let server: string | undefined;

  const begin = async (): Promise<void> => {
    const began = clock.now();
    const first = await call('overview.get', {});
    if (stopped) return;
    if (!first.ok) {
      world.setState({
        connection: { state: 'offline', since: began },
        safeMode: first.error.tag === 'safe_mode',
      });
      cancel = clock.after(2_000, () => void begin().then(reset));
      return;
    }
    world.setState({ overview: first.value, safeMode: false });
    live ??= createLive({
      source,
      clock,
      after: first.value.seq,
      onConnection: (connection) => {
        world.setState({ connection });
      },
      onReset: reset,
      onHost: ({ version, build }) => {
        const now = `${version} ${build}`;
        server ??= now;
        world.setState({ updatedTo: server === now ? undefined : version });
      },
      onMessage: (message) => {
        if (message.events.length > 0) forget();
        const tails = Object.entries(message.tails);
        if (tails.length > 0) world.setState((state) => ({ tails: new Map([...state.tails, ...tails]) }));
        patcher.receive(message);
      },
    });
  };
  // Queries wait for the first sequence, so that nothing falls between a first reading and the live stream.
  const ready = begin();
  const queries = createQueries(call, clock, ready);
  const patcher = createPatcher({
    call,
    clock,
    cards,
    rows,
    onTopics: (topics) => {
      queries.changed(topics);
    },
    onOverview: (overview) => {
      world.setState({ overview });
    },
    onPatch: (patch) => {
      for (const listener of patches) listener(patch);
    },
  });
  const reset = (): void => {
    forget();
    queries.rereadAll();
    for (const listener of resets) listener();
    look();
  };
  const look = (): void => {
    void call('overview.get', {}).then((reply) => {
      if (stopped) return;
      if (reply.ok) world.setState({ overview: reply.value, safeMode: false });
      else if (reply.error.tag === 'safe_mode') {
        // Nothing is told of it when it ends, so it is asked for.
        world.setState({ safeMode: true });
        cancel?.();
        cancel = clock.after(2_000, reset);
      }
    });
  };

  return {
    call,
    ahead: (name, input) => {
      ahead(name, input, ready);
    },
    download,
    clock,
    queries,
    world,
    cards,
    rows,
    ready,
    touch: patcher.touch,
    isForeign: patcher.isForeign,
    commanding: patcher.commanding,
    onPatch(listener) {
      patches.add(listener);
      return () => patches.delete(listener);
    },
    onReset(listener) {
      resets.add(listener);
      return () => resets.delete(listener);
    },
    retry() {
      if (live) live.retry();
      else {
        cancel?.();
        void begin().then(reset);
      }
    },
    stop() {
      stopped = true;
      cancel?.();
      live?.stop();
      patcher.stop();
    },
  };
}

/** Whether the page is going or hidden, so that it may not live to hear an answer. */
function watchLeaving(window: Window): () => boolean {
  let left = false;
  window.addEventListener('pagehide', () => {
    left = true;
  });
  window.addEventListener('pageshow', () => {
    left = false;
  });
  return () => left || window.document.visibilityState === 'hidden';
}

/** The client of this window: over IPC in the desktop host, over HTTP otherwise. */
export function connectClient(window: Window & typeof globalThis, clock: RendererClock): Client {
  // Only the desktop host exposes it, whatever the global types say.
  const { homer: bridge, homerEarly: early = new Map<never, never>() } = window as {
    readonly homer?: Bridge;
    readonly homerEarly?: EarlyAnswers;
  };
  const base = window.document.baseURI.replace(/[?#].*$/, '');
  const carry = bridge
    ? createBridgeCarrier(bridge)
    : createHttpCarrier(window.fetch.bind(window), base, watchLeaving(window));
  const client = createClient({
    clock,
    call: createCall(createEarlyCarrier(early, carry)),
    download: bridge ? undefined : createDownload(window.fetch.bind(window), base),
    source: bridge ? createBridgeSource(bridge) : createEventSource(window.EventSource, base),
  });
  // What nobody asked for at the start is old from then on.
  void client.ready.then(() => clock.after(0, () => early.clear()));
  return client;
}

export function putCards(client: Client, items: readonly ProposalCard[]): void {
  putEntities(client.cards, items);
}
export function putRows(client: Client, items: readonly RunRow[]): void {
  putEntities(client.rows, items);
}
