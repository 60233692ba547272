import { z } from 'zod';
import { domainEventSchema } from '../../main/domain/event.ts';

/**
 * What a live view receives, at most 20 a second. `events` carry consecutive `seq`; a client that sees a gap between
 * `from` and what it had asks again from its own sequence, or re-reads when `reset` says the past is no longer kept.
 */
export const liveMessageSchema = z.object({
  /** The sequence before the first event here. */
  from: z.int(),
  /** The sequence after the last one. */
  seq: z.int(),
  events: z.array(domainEventSchema),
  /** Last timeline sequence of runs that got new events; fetch them with `run.events`. */
  tails: z.record(z.string(), z.int()),
  /** The server cannot replay from where the client was: read everything again. */
  reset: z.boolean(),
  /** Who serves the page and the stream, with the first message of each; absent where both always start together. */
  host: z
    .object({
      version: z.string(),
      /** Tells one build of the dashboard from another. */
      build: z.string(),
    })
    .optional(),
});
export type LiveMessage = z.infer<typeof liveMessageSchema>;

/** IPC channel names; the only two there are. */
export const ipcCall = 'homer:call';
export const ipcLive = 'homer:live';

/** What `preload/bridge.ts` exposes as `window.homer` in the desktop host. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>;
  /** Starts live messages after `seq`; returns a function that ends them. */
  live(after: number, receive: (message: unknown) => void): () => void;
}
