import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { LiveMessage } from '../../../preload/contract/live.ts';
import { createManualClock } from '../../shared/clock.ts';
import { createEventParser, type ServerEvent } from '../client/event-parser.ts';
import { startHttpHost, type HttpHost } from '../testing/http-host.ts';

let host: HttpHost | undefined;
afterEach(async () => {
  await host?.close();
  host = undefined;
});

/** Reads a stream until `enough`; undefined when it ended before. */
async function readUntil(
  response: Response,
  enough: (events: ServerEvent[], text: string) => boolean,
): Promise<{ events: ServerEvent[]; text: string; ended: boolean }> {
  const events: ServerEvent[] = [];
  const parse = createEventParser((event) => events.push(event));
  const reader = response.body?.getReader();
  if (!reader) throw new Error('no body');
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { events, text, ended: true };
    const piece = decoder.decode(value, { stream: true });
    text += piece;
    parse(piece);
    if (enough(events, text)) {
      await reader.cancel();
      return { events, text, ended: false };
    }
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let n = 0; n < 400; n += 1) {
    if (condition()) return;
    await new Promise((resolve) => setImmediate(resolve));
    await fetch('data:,');
  }
  throw new Error('it did not come to pass');
}

describe('the live stream', () => {
  it('resumes after Last-Event-ID, and goes on live', async () => {
    const at = (host = await startHttpHost());
    for (let n = 0; n < 5; n += 1) at.standIn.publish();
    const response = await fetch(`${at.url}/api/live?after=1`, {
      headers: { ...at.bearer, 'Last-Event-ID': '3' },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    at.standIn.publish({ x: 1 });
    const { events } = await readUntil(response, (got) => got.length === 3);
    expect(events.map((event) => event.id)).toEqual(['4', '5', '6']);
    expect(JSON.parse(events[2]?.data ?? '')).toMatchObject({ from: 5, seq: 6, tails: { x: 1 } });
    // Who serves it, once for each stream.
    expect(events.map(({ data }) => (JSON.parse(data) as LiveMessage).host?.version)).toEqual([
      '0.1.0',
      undefined,
      undefined,
    ]);
    await until(() => at.standIn.listeners() === 0);
  });

  it('refuses a sequence that is no number', async () => {
    const at = (host = await startHttpHost());
    expect((await fetch(`${at.url}/api/live?after=-1`, { headers: at.bearer })).status).toBe(400);
  });

  it('sends a comment every 15 seconds of silence', async () => {
    const clock = createManualClock();
    const at = (host = await startHttpHost({ clock }));
    const response = await fetch(`${at.url}/api/live`, { headers: at.bearer });
    clock.advance(30_000);
    const { text } = await readUntil(response, (_, got) => got.split(': still here').length > 2);
    expect(text.split(': still here')).toHaveLength(3);
  });

  it('ends with the host, so that a browser does not keep it from stopping', async () => {
    const at = await startHttpHost();
    const response = await fetch(`${at.url}/api/live`, { headers: at.bearer });
    await at.close();
    const { ended } = await readUntil(response, () => false).catch(() => ({ ended: true }));
    expect(ended).toBe(true);
    expect(at.standIn.listeners()).toBe(0);
    expect(at.scope.held()).toEqual([]);
  });

  it('cuts a client that does not read, and serves it again from its sequence', async () => {
    const clock = createManualClock();
    const at = (host = await startHttpHost({
      clock,
      eventStream: { heartbeatMs: 15_000, stallMs: 10_000, waitBytes: 65_536, mostBytes: 64 * 1_048_576 },
    }));
    const socket = connect(at.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.on('error', () => socket.destroy());
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `GET /api/live HTTP/1.1\r\nHost: 127.0.0.1:${String(at.port)}\r\nAuthorization: Bearer ${at.token}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('readable', resolve));
    await until(() => at.standIn.listeners() === 1);
    const tails = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`run-${String(n)}`, n]));
    // More than the socket buffers of any system hold.
    for (let n = 0; n < 60; n += 1) at.standIn.publish(tails);
    expect(at.standIn.listeners()).toBe(1);
    clock.advance(15_000);
    clock.advance(15_000);
    expect(at.standIn.listeners()).toBe(0);
    socket.resume();
    await gone;
    const back = await fetch(`${at.url}/api/live`, { headers: { ...at.bearer, 'Last-Event-ID': '58' } });
    const { events } = await readUntil(back, (got) => got.length === 2);
    expect(events.map((event) => event.id)).toEqual(['59', '60']);
  });
});

describe('the timeline of a run as a stream', () => {
  it('tells the history, then what comes, and ends with the run', async () => {
    const at = (host = await startHttpHost());
    const run = at.standIn.runs[0];
    if (!run) throw new Error('no run');
    for (let n = 1; n <= 3; n += 1)
      at.standIn.addRunEvent(run.id, 'message', { step: 1, text: `line ${String(n)}` });
    const response = await fetch(`${at.url}/runs/${run.id}/events`, {
      headers: { ...at.bearer, Accept: 'text/event-stream', 'Last-Event-ID': '1' },
    });
    await until(() => at.standIn.listeners() === 1);
    at.standIn.addRunEvent(run.id, 'message', { step: 1, text: 'live' });
    at.standIn.setStatus(run.id, 'completed');
    const { events, ended } = await readUntil(response, () => false);
    expect(ended).toBe(true);
    expect(events.map((event) => [event.event, event.id])).toEqual([
      ['timeline', '2'],
      ['timeline', '3'],
      ['timeline', '4'],
      ['timeline', '5'],
      ['end', undefined],
    ]);
    expect(JSON.parse(events[4]?.data ?? '')).toEqual({ status: 'completed' });
    expect(at.standIn.listeners()).toBe(0);
  });

  it('answers for an unknown run before any stream opens', async () => {
    const at = (host = await startHttpHost());
    const response = await fetch(`${at.url}/runs/01900000-0000-7000-8000-0000000000ff/events`, {
      headers: { ...at.bearer, Accept: 'text/event-stream' },
    });
    expect(response.status).toBe(404);
  });
});
