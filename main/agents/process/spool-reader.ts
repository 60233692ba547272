import { closeSync, fstatSync, openSync, read } from 'node:fs';
import { join } from 'node:path';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { messageOf } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import type { OutputStream, TurnParser } from '../executor.ts';
import type { SpoolOffsets } from '../runner.ts';
import { createEventBatch } from './event-batch.ts';
import type { FolderWatch } from './folder-watch.ts';
import { createLineSplitter, LINE_CAP, type LineSplitter } from './line-splitter.ts';

const CHUNK = 128 * 1024;
/** One turn of the event loop reads no longer than this. */
const SLICE_MS = 8;
const DELIVER_EVERY_MS = 100;
/** Reads are this far apart, so that a trickle of lines is not a storm of small batches. */
const READ_EVERY_MS = 40;
/** With output that does not stop, it is asked this often whether the child has ended. */
const ASK_EVERY_MS = 200;
const LOOK_EVERY_MS = 1_000;
const LOOK_UNWATCHED_MS = { least: 50, most: 500 };

export interface SpoolReader {
  /** Reads on until `ended` gives something. Undefined when the scope closed first. */
  follow<T>(ended: () => Promise<T | undefined>): Promise<T | undefined>;
  /** Reads what is left, the last line without a newline included. False when the scope closed first. */
  finish(): Promise<boolean>;
}

/**
 * Reads the output of one turn while it grows and hands it out as events, in batches with the offsets up to which they tell.
 *
 * - Offsets stand after whole lines, and a batch and its offsets are one: who stores both together loses and doubles nothing.
 * - It always reads from the start: what lies before `from` was delivered by a former host, and is only shown to the parser, so
 *   that its ending (usage, last message, session) is that of the whole turn.
 * - A batch that is refused (a full disk) is offered again until it is taken; meanwhile nothing is read.
 * - When the files pass `spoolLimit` it says so once and reads no further: whoever printed that is to be ended.
 * - Past `byteCap` output makes no more events, but for one that says so; the parser goes on, for the ending's sake.
 * - A program may cut its own output, as `echo x >/dev/stdout` does with a file: then it goes on from the new start. Offsets count all that
 *   was read. Only a host that comes later cannot know, and takes the whole of a file that is shorter than what was read of it.
 */
export function createSpoolReader(options: {
  readonly spool: string;
  readonly step: number;
  readonly from: SpoolOffsets;
  readonly parser: TurnParser;
  readonly limits: { readonly thinAfter: number; readonly byteCap: number; readonly spoolLimit: number };
  /** Takes known secrets out of a text. */
  readonly hide: (text: string) => string;
  readonly flooded: () => void;
  /** The parser expects nothing good any more. */
  readonly over: () => void;
  /** Something new was read. */
  readonly printed: () => void;
  readonly watch: FolderWatch;
  readonly deliver: (events: readonly NewRunEvent[], offsets: SpoolOffsets) => void;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly log: Log;
}): SpoolReader {
  const { spool, step, parser, watch, clock, scope, log } = options;
  const { byteCap, spoolLimit } = options.limits;
  const from = { ...options.from };
  const batch = createEventBatch(step, options.limits.thinAfter, options.hide);
  const buffer = Buffer.allocUnsafe(CHUNK);
  const offsets = { stdout: 0, stderr: 0 };
  let delivered: SpoolOffsets = options.from;
  let lineBytes = 0;
  const emit = (event: NewRunEvent): void => batch.add(event, lineBytes);
  const pass = (event: NewRunEvent): void => batch.pass(event, lineBytes);
  let deliveredAt = clock.monotonic();
  let sliceEnd = 0;
  let lines = 0;
  let overflown = false;
  let reading: Promise<unknown> = Promise.resolve();
  /** Asked anew after each wait, during which the scope may have closed. */
  const isClosed = (): boolean => scope.closed;
  let capped = from.stdout + from.stderr > byteCap;

  const openStream = (stream: OutputStream): Stream => ({
    name: stream,
    file: undefined,
    position: 0,
    size: 0,
    path: join(spool, stream),
    splitter: createLineSplitter(LINE_CAP, (text, bytes, dropped) => {
      offsets[stream] += bytes;
      lineBytes = bytes;
      const fresh = offsets[stream] > from[stream];
      if (parser.line({ stream, text, dropped }, capped ? ignore : fresh ? emit : pass) === 'over')
        options.over();
      if (fresh && !capped && offsets.stdout + offsets.stderr > byteCap) {
        capped = true;
        const note = 'What follows is read for how the turn ends, and not kept here.';
        batch.add({ type: 'output_capped', payload: { step, limitBytes: byteCap, note } }, 0);
      }
      lines += 1;
      return batch.full() || ((lines & 63) === 0 && clock.monotonic() > sliceEnd);
    }),
  });
  const streams = [openStream('stdout'), openStream('stderr')];
  scope.add('spool files', async () => {
    // Not under a read that is still going on: its number could be another file's by then.
    await reading;
    for (const { file } of streams) if (file !== undefined) closeSync(file);
  });

  const deliver = async (): Promise<void> => {
    const events = batch.take();
    const now: SpoolOffsets = {
      stdout: Math.max(offsets.stdout, from.stdout),
      stderr: Math.max(offsets.stderr, from.stderr),
    };
    const moved = now.stdout > delivered.stdout || now.stderr > delivered.stderr;
    deliveredAt = clock.monotonic();
    if (events.length === 0 && !moved) return;
    for (let pause = 250; !isClosed(); pause = Math.min(5_000, pause * 2)) {
      try {
        options.deliver(events, now);
        delivered = now;
        return;
      } catch (error) {
        log.error('events of a turn were not taken; offering them again', { spool, error: messageOf(error) });
        await clock.sleep(scope, pause);
      }
    }
  };

  const readChunk = async (stream: Stream): Promise<boolean> => {
    if (isClosed()) return false;
    const first = stream.file === undefined;
    stream.file ??= openToRead(stream.path);
    if (stream.file === undefined) return false;
    // Synchronous: it takes a microsecond, and spares an idle child the trips of a read that finds nothing.
    stream.size = fstatSync(stream.file).size;
    if (first && stream.size < from[stream.name]) from[stream.name] = 0;
    if (stream.size < stream.position) {
      log.warn('the output of a turn was cut by its own program', { spool, stream: stream.name });
      stream.splitter.end();
      stream.position = 0;
    }
    if (!overflown && streams.reduce((sum, { size }) => sum + size, 0) > spoolLimit) {
      overflown = true;
      options.flooded();
    }
    if (overflown || stream.size <= stream.position) return false;
    const next = readInto(stream.file, buffer, stream.position);
    reading = next.catch(ignore);
    const bytesRead = await next;
    if (bytesRead === 0 || isClosed()) return false;
    stream.position += bytesRead;
    if (stream.position > from[stream.name]) options.printed();
    const chunk = buffer.subarray(0, bytesRead);
    for (let at = 0; at < bytesRead && !isClosed();) {
      sliceEnd = clock.monotonic() + SLICE_MS;
      at = stream.splitter.push(chunk, at);
      if (batch.full() || clock.monotonic() - deliveredAt >= DELIVER_EVERY_MS) await deliver();
      if (at < bytesRead) await nextTurn();
    }
    return true;
  };
  /** Reads until there is nothing more, or for `limitMs`; says which, and whether it read anything. */
  const drain = async (limitMs: number): Promise<{ any: boolean; atEnd: boolean }> => {
    const until = clock.monotonic() + limitMs;
    let any = false;
    let atEnd = false;
    while (!atEnd && !isClosed() && clock.monotonic() < until) {
      atEnd = true;
      for (const stream of streams) if (await readChunk(stream)) atEnd = false;
      any ||= !atEnd;
    }
    if (!isClosed()) await deliver();
    return { any, atEnd };
  };

  return {
    async follow(ended) {
      let look = LOOK_UNWATCHED_MS.least;
      let spoken = false;
      while (!isClosed()) {
        const began = clock.monotonic();
        const end = await ended();
        const { any, atEnd } = await drain(ASK_EVERY_MS);
        if (end !== undefined) return end;
        spoken ||= any;
        if (!atEnd) continue;
        look = any ? LOOK_UNWATCHED_MS.least : Math.min(LOOK_UNWATCHED_MS.most, look * 2);
        await watch.wait(watch.watching ? LOOK_EVERY_MS : look);
        const early = READ_EVERY_MS - (clock.monotonic() - began);
        // The first sign of life is told at once: somebody may be waiting for it.
        if (early > 0 && spoken) await watch.gather(early);
      }
      return undefined;
    },
    async finish() {
      await drain(Number.POSITIVE_INFINITY);
      if (isClosed()) return false;
      for (const stream of streams) stream.splitter.end();
      await deliver();
      return !isClosed();
    },
  };
}

interface Stream {
  readonly name: OutputStream;
  file: number | undefined;
  position: number;
  size: number;
  readonly path: string;
  readonly splitter: LineSplitter;
}

/** Undefined when the spool is gone: then there is nothing to read, and how the child ends is seen all the same. */
function openToRead(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Resolves with the bytes read. On a bare number: a file handle costs a small child more than all its output. */
function readInto(file: number, buffer: Buffer, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(file, buffer, 0, buffer.length, position, (error, bytes) => {
      if (error) reject(error);
      else resolve(bytes);
    });
  });
}

const ignore = (): void => undefined;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
