import type { Dispatch } from '../../api/dispatch.ts';
import type { LiveFeed } from '../../api/live-port.ts';
import { runEnded } from '../../domain/run/status.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { messageOf } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import { createDirectCall } from '../direct-call.ts';
import { followRun } from '../follow-run.ts';
import type { AppContext } from './app-env.ts';
import { openEventStream, resumePoint } from './event-stream.ts';
import { refuse } from './refuse.ts';

/**
 * `GET /runs/{id}/events` as server-sent events: one `event: timeline` for each entry, its sequence as id, from `after` or
 * `Last-Event-ID` on; when the run has ended, `event: end` with its status, and the stream is over.
 */
export function runEventsStream(options: {
  dispatch: Dispatch;
  live: LiveFeed;
  scope: Scope;
  clock: Clock;
  log: Log;
}): (c: AppContext) => Promise<Response> {
  return async (c) => {
    const after = resumePoint(c);
    if (after === undefined)
      return refuse(c, { tag: 'invalid_input', message: '`after` must be a whole number, 0 or more.' });
    const call = createDirectCall(options.dispatch, c.get('actor'));
    const id = c.req.param('id') ?? '';
    const run = await call('run.get', { id });
    if (!run.ok) return refuse(c, run.error);
    const stream = openEventStream(c, options);
    const abort = new AbortController();
    stream.onClose(() => {
      abort.abort();
    });
    void followRun({
      call,
      live: (from, receive) => options.live.subscribe(from, receive),
      id,
      after,
      receive: (events) => {
        for (const event of events) stream.send({ id: event.seq, event: 'timeline', data: event });
      },
      settled: runEnded,
      signal: abort.signal,
    })
      .then((status) => {
        if (status.ok) stream.send({ event: 'end', data: { status: status.value } });
        else stream.send({ event: 'failure', data: status.error });
      })
      .catch((error: unknown) => {
        options.log.error('following a run failed', { run: id, error: messageOf(error) });
      })
      .finally(() => {
        stream.end();
      });
    return stream.response;
  };
}
