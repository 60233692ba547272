import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { Scope } from '../../shared/scope.ts';
import type { AppContext } from './app-env.ts';

/**
 * Server-sent events to one client.
 *
 * - a comment every 15 seconds keeps proxies and the client from taking silence for death;
 * - what the client has not read waits here. When it has read nothing for ten seconds while more than a megabyte waits, or when
 *   64 MiB wait, it is cut: it comes back by itself with the last sequence it saw, and nothing is lost;
 * - it ends with the scope, so a shutdown never hangs on a browser.
 */
export interface EventStream {
  readonly response: Response;
  readonly closed: boolean;
  send(event: { id?: number; event?: string; data: unknown }): void;
  end(): void;
  /** Called once when the stream is over, whoever ended it. */
  onClose(work: () => void): void;
}

export interface EventStreamSettings {
  readonly heartbeatMs: number;
  readonly stallMs: number;
  readonly waitBytes: number;
  readonly mostBytes: number;
}

export const eventStreamDefaults: EventStreamSettings = {
  heartbeatMs: 15_000,
  stallMs: 10_000,
  waitBytes: 1_048_576,
  mostBytes: 64 * 1_048_576,
};

export function openEventStream(
  c: AppContext,
  options: { scope: Scope; clock: Clock; log: Log; settings?: EventStreamSettings },
): EventStream {
  const { clock, log } = options;
  const settings = options.settings ?? eventStreamDefaults;
  const scope = options.scope.child('event stream');
  const outgoing = c.env.outgoing;
  const encoder = new TextEncoder();
  const closers: (() => void)[] = [];
  let closed = false;
  let stalledSince: number | undefined;
  let source: ReadableStreamDefaultController<Uint8Array> | undefined;

  const finish = (): void => {
    if (closed) return;
    closed = true;
    for (const work of closers.splice(0)) work();
    void scope.close();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        source = controller;
      },
      pull() {
        stalledSince = undefined;
      },
      cancel: finish,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: settings.waitBytes }),
  );
  const write = (text: string): void => {
    if (closed || !source) return;
    source.enqueue(encoder.encode(text));
    const room = source.desiredSize ?? 0;
    if (room > 0) return;
    stalledSince ??= clock.monotonic();
    const waiting = settings.waitBytes - room;
    if (waiting > settings.mostBytes || clock.monotonic() - stalledSince >= settings.stallMs) {
      log.warn('a slow reader of live events was cut', { waiting });
      finish();
      // The stream's own error would wait for the client to read; the connection must go now.
      outgoing.destroy();
    }
  };
  const beat = (): void => {
    if (closed) return;
    write(': still here\n\n');
    clock.after(scope, settings.heartbeatMs, beat);
  };
  const end = (): void => {
    if (closed) return;
    finish();
    source?.close();
  };
  scope.add('open response', end);
  write('retry: 1000\n\n');
  clock.after(scope, settings.heartbeatMs, beat);
  return {
    response: new Response(body, {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      },
    }),
    get closed() {
      return closed;
    },
    send({ id, event, data }) {
      const head = `${id === undefined ? '' : `id: ${String(id)}\n`}${event === undefined ? '' : `event: ${event}\n`}`;
      write(`${head}data: ${JSON.stringify(data)}\n\n`);
    },
    end,
    onClose(work) {
      if (closed) work();
      else closers.push(work);
    },
  };
}

/** Where a returning client was: the `Last-Event-ID` its browser sends, else `after` of the query, else 0. */
export function resumePoint(c: AppContext): number | undefined {
  const text = c.req.header('last-event-id') ?? c.req.query('after') ?? '0';
  return /^\d{1,15}$/u.test(text) ? Number(text) : undefined;
}
