import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { boundText, cleanText, TEXT_LIMIT } from '../clean-text.ts';
import type { OutputStream } from '../executor.ts';
import { createRedactor, redact, redactJson } from '../redact.ts';

const MAX_EVENTS = 500;
const MAX_CHARACTERS = 256 * 1024;
/** Leaves room under the text limit for what redaction adds. */
const BLOCK = TEXT_LIMIT - 4_096;

/**
 * Collects events on their way to the store. Lines of plain output that follow one another become one event of up to 64 KiB, so
 * that a flood of lines is a trickle of events; everything is cleaned, redacted and bounded here, whatever parser it came from.
 */
export interface EventBatch {
  add(event: NewRunEvent): void;
  /** Big enough to be delivered before more is read. */
  full(): boolean;
  /** What was collected, in order; the batch is empty afterwards. */
  take(): NewRunEvent[];
}

export function createEventBatch(): EventBatch {
  const redactors = { stdout: createRedactor(), stderr: createRedactor() };
  let events: NewRunEvent[] = [];
  let characters = 0;
  let block: { step: number; stream: OutputStream; lines: string[]; length: number } | undefined;

  const closeBlock = (): void => {
    if (!block) return;
    const { step, stream, lines } = block;
    block = undefined;
    const text = boundText(redactors[stream](cleanText(lines.join('\n'))));
    if (text.trim() !== '') events.push({ type: 'output', payload: { step, stream, text } });
  };

  return {
    add(event) {
      if (event.type !== 'output') {
        closeBlock();
        events.push(safeEvent(event));
        characters += 1_024;
        return;
      }
      const { step, stream, text } = event.payload;
      if (block && (block.stream !== stream || block.length + text.length > BLOCK)) closeBlock();
      block ??= { step, stream, lines: [], length: 0 };
      block.lines.push(text);
      block.length += text.length + 1;
      characters += text.length;
    },
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

function safeEvent(event: NewRunEvent): NewRunEvent {
  return { type: event.type, payload: redactJson(event.payload, safeText) } as NewRunEvent;
}
