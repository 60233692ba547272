import type { LiveMessage } from '../../preload/contract/live.ts';

/**
 * The live stream as a host serves it. `subscribe` first replays what happened after `after`, or sends `reset` when that is no
 * longer kept, then goes on with at most one message each 50 ms. The returned function ends it.
 */
export interface LiveFeed {
  subscribe(after: number, receive: (message: LiveMessage) => void): () => void;
}
