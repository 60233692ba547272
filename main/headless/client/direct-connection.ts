import type { Dispatch } from '../../api/dispatch.ts';
import type { LiveFeed } from '../../api/live-port.ts';
import { createDirectCall } from '../direct-call.ts';
import type { Connection } from './connection.ts';

/** A connection to the runtime of this process; `close` ends that runtime. */
export function createDirectConnection(options: {
  dispatch: Dispatch;
  live: LiveFeed;
  close: () => Promise<void>;
}): Connection {
  return {
    kind: 'own',
    call: createDirectCall(options.dispatch, { name: 'owner', channel: 'cli' }),
    live: (after, receive) => options.live.subscribe(after, receive),
    dashboardUrl: () =>
      Promise.resolve({
        ok: false,
        error: {
          tag: 'unreachable',
          message: 'No Homer is running, so there is no dashboard to open.',
          hint: 'Start one with `homer serve`.',
        },
      }),
    close: options.close,
  };
}
