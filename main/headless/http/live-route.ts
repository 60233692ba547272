import type { LiveMessage } from '../../../preload/contract/live.ts';
import type { LiveFeed } from '../../api/live-port.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { Scope } from '../../shared/scope.ts';
import type { AppContext } from './app-env.ts';
import { openEventStream, resumePoint, type EventStreamSettings } from './event-stream.ts';
import { refuse } from './refuse.ts';

/** `GET /api/live?after=N`: every live message, its sequence as the event id, so that a browser resumes where it was. */
export function liveRoute(options: {
  live: LiveFeed;
  /** Told with the first message: a page that outlives an update of its host learns of it when it comes back. */
  host: NonNullable<LiveMessage['host']>;
  scope: Scope;
  clock: Clock;
  log: Log;
  settings?: EventStreamSettings;
}): (c: AppContext) => Response {
  return (c) => {
    const after = resumePoint(c);
    if (after === undefined)
      return refuse(c, { tag: 'invalid_input', message: '`after` must be a whole number, 0 or more.' });
    const stream = openEventStream(c, options);
    let first = true;
    stream.onClose(
      options.live.subscribe(after, (message) => {
        stream.send({ id: message.seq, data: first ? { ...message, host: options.host } : message });
        first = false;
      }),
    );
    return stream.response;
  };
}
