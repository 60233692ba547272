import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { boundText, cleanText, TEXT_LIMIT } from '../clean-text.ts';
import type { OutputStream } from '../executor.ts';
import { createRedactor, redact, redactJson } from '../redact.ts';

const MAX_EVENTS = 500;
const MAX_CHARACTERS = 512 * 1024;
/** Leaves room under the text limit for what redaction adds. */
const BLOCK = TEXT_LIMIT - 4_096;

/** With plain output thinned, of each stretch of `of` bytes the first `head` are kept. */
const SAMPLE = { of: 1024 * 1024, head: 2 * 1024 };
/** Of structured lines more than of plain ones are kept: they are the work itself. */
const STRUCTURED_FACTOR = 4;

/**
 * Collects events on their way to the store. Lines of plain output that follow one another become one event of up to 64 KiB, so
 * that a flood of lines is a trickle of events; everything is cleaned, redacted and bounded here, whatever parser it came from.
 *
 * A turn's part of the store is bounded: past `thinAfter` bytes of plain output only a sample of it is kept, and past four times as much
 * of structured lines none of those; an event says so each time. The spool keeps the whole.
 */
export interface EventBatch {
  /** `bytes` is what the line took of the file. */
  add(event: NewRunEvent, bytes: number): void;
  /** Counts an event that a former host delivered. */
  pass(event: NewRunEvent, bytes: number): void;
  /** Big enough to be delivered before more is read. */
  full(): boolean;
  /** What was collected, in order; the batch is empty afterwards. */
  take(): NewRunEvent[];
}

export function createEventBatch(
  step: number,
  thinAfter: number,
  hide: (text: string) => string = (text) => text,
): EventBatch {
  const redactors = { stdout: createRedactor(), stderr: createRedactor() };
  let events: NewRunEvent[] = [];
  let characters = 0;
  let plain = 0;
  let structured = 0;
  let leftOut = 0;
  let block: { step: number; stream: OutputStream; lines: string[]; length: number } | undefined;

  const closeBlock = (): void => {
    if (!block) return;
    const { step, stream, lines } = block;
    block = undefined;
    const text = boundText(redactors[stream](hide(cleanText(lines.join('\n')))));
    if (text.trim() !== '') events.push({ type: 'output', payload: { step, stream, text } });
  };
  const push = (event: NewRunEvent): void => {
    closeBlock();
    events.push(safeEvent(event, hide));
    characters += 1_024;
  };
  const say = (limitBytes: number, note: string): void =>
    push({ type: 'output_capped', payload: { step, limitBytes, note } });
  /** Counts a line and tells whether it is kept: all of it, its head, or nothing. */
  const keepOf = (event: NewRunEvent, bytes: number): number => {
    if (event.type !== 'output') {
      structured += bytes;
      return structured <= thinAfter * STRUCTURED_FACTOR ? Number.POSITIVE_INFINITY : 0;
    }
    const before = plain;
    plain += bytes;
    if (plain <= thinAfter) return Number.POSITIVE_INFINITY;
    return Math.max(0, SAMPLE.head - (Math.max(0, before - thinAfter) % SAMPLE.of));
  };

  return {
    add(event, bytes) {
      const wasPlain = plain <= thinAfter;
      const wasStructured = structured <= thinAfter * STRUCTURED_FACTOR;
      const keep = keepOf(event, bytes);
      if (event.type !== 'output') {
        if (keep > 0) push(event);
        else if (wasStructured)
          say(
            thinAfter * STRUCTURED_FACTOR,
            'What the agent reports from here on is only in the raw output.',
          );
        return;
      }
      if (wasPlain && plain > thinAfter)
        say(thinAfter, 'From here on only a sample of plain output is shown; the raw output is whole.');
      const { step, stream, text } = event.payload;
      if (keep === 0) {
        leftOut += bytes;
        return;
      }
      const head = text.length > keep ? text.slice(0, keep) : text;
      if (block && (block.stream !== stream || block.length + head.length > BLOCK)) closeBlock();
      block ??= { step, stream, lines: [], length: 0 };
      if (leftOut > 0) {
        block.lines.push(`[${String(leftOut)} bytes left out]`);
        leftOut = 0;
      }
      block.lines.push(head);
      block.length += head.length + 1;
      characters += head.length;
    },
    pass: (event, bytes) => void keepOf(event, bytes),
    full: () => events.length >= MAX_EVENTS - 1 || characters >= MAX_CHARACTERS,
    take() {
      closeBlock();
      const taken = events;
      events = [];
      characters = 0;
      return taken;
    },
  };
}

/** Text of one piece, fit to be stored and shown. */
export function safeText(text: string): string {
  return boundText(redact(cleanText(text)));
}

function safeEvent(event: NewRunEvent, hide: (text: string) => string): NewRunEvent {
  const clean = (text: string): string => safeText(hide(text));
  return { type: event.type, payload: redactJson(event.payload, clean) } as NewRunEvent;
}
