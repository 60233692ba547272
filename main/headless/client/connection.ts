import type { LiveMessage } from '../../../preload/contract/live.ts';
import type { Reply } from '../../../preload/contract/errors.ts';
import type { Call } from '../../../preload/contract/operations.ts';

/** How the command line reaches a runtime: one that runs already, or one of its own for the life of the command. */
export interface Connection {
  readonly kind: 'running' | 'own';
  readonly call: Call;
  /** Live messages after a sequence; comes back by itself when it is cut. The returned function ends it. */
  readonly live: (after: number, receive: (message: LiveMessage) => void) => () => void;
  /** A dashboard URL with a fresh one-time token; fails where no dashboard is served. */
  readonly dashboardUrl: () => Promise<Reply<{ url: string }>>;
  readonly close: () => Promise<void>;
}
