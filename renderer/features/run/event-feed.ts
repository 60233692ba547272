import type { ContractFailure } from '../../../preload/contract/errors.ts';
import type { Call } from '../../../preload/contract/operations.ts';
import type { RendererClock } from '../../client/clock.ts';
import type { RunEvent } from './run-types.ts';
import { createTimeline, type Timeline } from './timeline-model.ts';

/**
 * The timeline of one run: its last events first, earlier ones when asked for, later ones as they come.
 * Earlier events join by building the timeline anew in slices between frames; it is swapped in whole.
 */
export interface EventFeed {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => FeedState;
  /** Told by the live stream that the run now has events up to `seq`. */
  tail(seq: number): void;
  older(): void;
  /** Reads earlier events until this one is there. */
  reach(seq: number): void;
  retry(): void;
  /** Reads until the result is called. */
  start(): () => void;
}
export interface FeedState {
  readonly timeline: Timeline;
  readonly version: number;
  readonly loading: boolean;
  readonly loadingOlder: boolean;
  /** The first event is here: nothing lies before. */
  readonly complete: boolean;
  readonly failure: ContractFailure | undefined;
  /** When reading last worked; milliseconds since 1970. */
  readonly readAt: number | undefined;
}

export const tailSize = 1_000;
const pageSize = 5_000;
const sliceEvents = 3_000;
const batchMs = 100;

export function createEventFeed(options: {
  readonly call: Call;
  readonly clock: RendererClock;
  readonly runId: string;
  /** The last sequence known when the view opens. */
  readonly lastSeq: number;
}): EventFeed {
  const { call, clock, runId } = options;
  const listeners = new Set<() => void>();
  let timeline = createTimeline();
  let state: FeedState = {
    timeline,
    version: 0,
    loading: true,
    loadingOlder: false,
    complete: options.lastSeq === 0,
    failure: undefined,
    readAt: undefined,
  };
  let wanted = options.lastSeq;
  let reading = false;
  let stopped = true;
  let cancel: (() => void) | undefined;

  // A call of its own: it may have been stopped while something was awaited.
  const hasStopped = (): boolean => stopped;
  const set = (change: Partial<FeedState>): void => {
    if (stopped) return;
    state = { ...state, ...change, timeline, version: state.version + 1 };
    for (const listener of listeners) listener();
  };
  const inOrder = (events: readonly RunEvent[]): RunEvent[] => events.toSorted((a, b) => a.seq - b.seq);

  const readNewer = async (): Promise<void> => {
    cancel = undefined;
    if (reading || stopped || wanted <= timeline.lastSeq) return;
    reading = true;
    const reply = await call('run.events', { id: runId, after: timeline.lastSeq, limit: pageSize });
    reading = false;
    if (hasStopped()) return;
    if (!reply.ok) {
      set({ failure: reply.error });
      return;
    }
    timeline.append(inOrder(reply.value.events));
    wanted = Math.max(wanted, reply.value.lastSeq);
    set({ failure: undefined, readAt: clock.now() });
    // An answer without news must not be asked for again at once.
    if (wanted > timeline.lastSeq && reply.value.events.length > 0) schedule();
  };
  const schedule = (): void => {
    if (!cancel && !reading && !stopped) cancel = clock.after(batchMs, () => void readNewer());
  };

  const readTail = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    set({ loading: true, failure: undefined });
    const reply = await call('run.events', {
      id: runId,
      ...(options.lastSeq > tailSize ? { before: options.lastSeq + 1 } : {}),
      limit: tailSize,
    });
    reading = false;
    if (stopped) return;
    if (!reply.ok) {
      set({ loading: false, failure: reply.error });
      return;
    }
    timeline.append(inOrder(reply.value.events));
    wanted = Math.max(wanted, reply.value.lastSeq);
    set({ loading: false, complete: timeline.firstSeq <= 1, failure: undefined, readAt: clock.now() });
    if (wanted > timeline.lastSeq) schedule();
  };

  /** Reads one page, or as many as reach back to `seq`; the timeline is built anew once for all of them. */
  const readOlder = async (seq?: number): Promise<void> => {
    let before = timeline.firstSeq;
    if (state.loadingOlder || state.complete || before <= 1) return;
    set({ loadingOlder: true });
    const pages: RunEvent[][] = [];
    let start = false;
    do {
      const reply = await call('run.events', { id: runId, before, limit: pageSize });
      if (stopped) return;
      if (!reply.ok) {
        set({ loadingOlder: false, failure: reply.error });
        return;
      }
      const events = inOrder(reply.value.events);
      start = events.length === 0;
      pages.unshift(events);
      before = events[0]?.seq ?? 1;
    } while (seq !== undefined && before > seq && before > 1);
    const page = pages.flat();
    const next = createTimeline();
    const slices = function* (): Generator<readonly RunEvent[]> {
      for (let start = 0; start < page.length; start += sliceEvents)
        yield page.slice(start, start + sliceEvents);
      // Events may arrive at the present timeline meanwhile, so its end is looked up each time.
      for (let start = 0; start < timeline.events.length; start += sliceEvents)
        yield timeline.events.slice(start, start + sliceEvents);
    };
    for (const slice of slices()) {
      next.append(slice);
      await new Promise<void>((resolve) => {
        clock.after(0, resolve);
      });
      if (hasStopped()) return;
    }
    next.append(timeline.events.slice(-sliceEvents));
    timeline = next;
    set({ loadingOlder: false, complete: start || timeline.firstSeq <= 1 });
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    snapshot: () => state,
    tail(seq) {
      wanted = Math.max(wanted, seq);
      if (!state.loading && wanted > timeline.lastSeq) schedule();
    },
    older: () => void readOlder(),
    reach: (seq) => {
      if (seq < timeline.firstSeq) void readOlder(seq);
    },
    retry() {
      if (timeline.lastSeq === 0) void readTail();
      else {
        wanted = Math.max(wanted, timeline.lastSeq + 1);
        schedule();
      }
    },
    start() {
      stopped = false;
      if (timeline.lastSeq === 0) void readTail();
      else schedule();
      return () => {
        stopped = true;
        cancel?.();
        cancel = undefined;
      };
    },
  };
}
