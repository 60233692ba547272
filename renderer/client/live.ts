import type { LiveMessage } from '../../preload/contract/live.ts';
import type { RendererClock } from './clock.ts';
import type { LiveSource } from './live-source.ts';

/**
 * The live connection.
 *
 * Specification: messages are handed on in sequence, each event once. A message that starts after what was last seen is a gap:
 * the stream is opened again from there. `reset` means the past is gone, and everything must be read again. A lost stream is
 * opened again after 0.25 s, doubling to 8 s; it counts as stale at once and as offline when three attempts in a row failed.
 */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** Milliseconds since 1970 of the last contact. */
  | { readonly state: 'stale' | 'offline'; readonly since: number };

export interface LiveOptions {
  readonly source: LiveSource;
  readonly clock: RendererClock;
  /** The sequence that what is on screen reflects. */
  readonly after: number;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onReset: () => void;
  /** Told with the first message of each stream, where the page and its host can be of different ages. */
  readonly onHost?: (host: NonNullable<LiveMessage['host']>) => void;
  readonly onConnection: (connection: Connection) => void;
}

export interface Live {
  /** Tries now instead of at the next attempt. */
  retry(): void;
  stop(): void;
}

const firstDelay = 250;
const longestDelay = 8_000;
const offlineAfter = 3;

export function createLive({
  source,
  clock,
  after,
  onMessage,
  onReset,
  onHost,
  onConnection,
}: LiveOptions): Live {
  let seen = after;
  let contact = clock.now();
  let attempts = 0;
  let end: (() => void) | undefined;
  let cancel: (() => void) | undefined;
  let stopped = false;
  let generation = 0;

  const close = (): void => {
    generation += 1;
    end?.();
    end = undefined;
    cancel?.();
    cancel = undefined;
  };

  const open = (): void => {
    close();
    if (stopped) return;
    const mine = generation;
    const current = (): boolean => mine === generation && !stopped;
    end = source(seen, {
      opened: () => {
        if (!current()) return;
        attempts = 0;
        contact = clock.now();
        onConnection({ state: 'live' });
      },
      received: (raw) => {
        if (current()) receive(raw);
      },
      lost: () => {
        if (current()) lose();
      },
    });
  };

  const lose = (): void => {
    close();
    attempts += 1;
    onConnection({ state: attempts > offlineAfter ? 'offline' : 'stale', since: contact });
    const delay = Math.min(longestDelay, firstDelay * 2 ** (attempts - 1));
    cancel = clock.after(delay, open);
  };

  const receive = (raw: unknown): void => {
    if (!isMessage(raw)) {
      lose();
      return;
    }
    const message = raw;
    contact = clock.now();
    if (message.host) onHost?.(message.host);
    if (message.reset) {
      seen = message.seq;
      onReset();
      return;
    }
    if (message.from > seen) {
      open();
      return;
    }
    const events = message.events.filter((event) => event.seq > seen);
    seen = Math.max(seen, message.seq);
    onMessage({ ...message, events });
  };

  onConnection({ state: 'connecting' });
  open();
  return {
    retry: () => {
      if (cancel) open();
    },
    stop: () => {
      stopped = true;
      close();
    },
  };
}

/** The host writes them by the contract; what is none of them came from something else, or broke off. */
function isMessage(raw: unknown): raw is LiveMessage {
  return (
    typeof raw === 'object' &&
    raw !== null &&
    'seq' in raw &&
    Number.isInteger(raw.seq) &&
    'from' in raw &&
    Number.isInteger(raw.from) &&
    'events' in raw &&
    Array.isArray(raw.events) &&
    'tails' in raw &&
    typeof raw.tails === 'object' &&
    raw.tails !== null
  );
}
