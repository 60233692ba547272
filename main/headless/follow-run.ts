import type { Reply } from '../../preload/contract/errors.ts';
import type { LiveMessage } from '../../preload/contract/live.ts';
import type { Call } from '../../preload/contract/operations.ts';
import type { RunEvent } from '../domain/run/run-event.ts';
import { runStatus, type RunStatus } from '../domain/run/status.ts';
import { schemaOf } from '../domain/list-schema.ts';

export interface FollowRun {
  readonly call: Call;
  readonly live: (after: number, receive: (message: LiveMessage) => void) => () => void;
  readonly id: string;
  /** Timeline sequence already known; 0 for all of it. */
  readonly after: number;
  readonly receive: (events: readonly RunEvent[]) => void;
  /** Where following stops. */
  readonly settled: (status: RunStatus) => boolean;
  readonly signal: AbortSignal;
}

const pageSize = 1_000;

/**
 * Reads the timeline of a run in order, first what there is and then as it comes, until its status is settled or `signal` aborts.
 * The live stream only says that there is more; the events themselves are always read from the timeline, so nothing is missed or
 * told twice, whatever the stream drops. Answers with the status it ended on.
 */
export async function followRun(options: FollowRun): Promise<Reply<RunStatus>> {
  const { call, id, signal } = options;
  const overview = await call('overview.get', {});
  if (!overview.ok) return overview;
  const news = createNews();
  const stop = options.live(overview.value.seq, (message) => {
    if (
      message.reset ||
      Object.hasOwn(message.tails, id) ||
      message.events.some((event) => event.entityId === id)
    )
      news.arrive();
  });
  signal.addEventListener('abort', news.arrive);
  try {
    let seq = options.after;
    for (;;) {
      news.forget();
      const detail = await call('run.get', { id });
      if (!detail.ok) return detail;
      let status = detail.value.run.status;
      for (;;) {
        if (signal.aborted) return { ok: true, value: status };
        const page = await call('run.events', { id, after: seq, limit: pageSize });
        if (!page.ok) return page;
        const { events } = page.value;
        if (events.length) options.receive(events);
        seq = events.at(-1)?.seq ?? seq;
        status = lastStatus(events) ?? status;
        if (events.length < pageSize) break;
      }
      if (options.settled(status)) return { ok: true, value: status };
      await news.wait();
    }
  } finally {
    stop();
    signal.removeEventListener('abort', news.arrive);
  }
}

/** Whether something arrived since it was last forgotten, and a wait for it. */
function createNews(): { arrive: () => void; forget: () => void; wait: () => Promise<void> } {
  let arrived = false;
  let wake: (() => void) | undefined;
  return {
    arrive: () => {
      arrived = true;
      wake?.();
    },
    forget: () => {
      arrived = false;
    },
    wait: () =>
      new Promise((resolve) => {
        wake = resolve;
        if (arrived) resolve();
      }),
  };
}

function lastStatus(events: readonly RunEvent[]): RunStatus | undefined {
  const change = events.findLast((event) => event.type === 'status_changed');
  const parsed = schemaOf(runStatus).safeParse(change?.payload['to']);
  return parsed.success ? parsed.data : undefined;
}
