import fc from 'fast-check';
import { createEventBatch } from '../../main/agents/process/event-batch.ts';
import { createLineSplitter } from '../../main/agents/process/line-splitter.ts';
import type { TurnParser } from '../../main/agents/executor.ts';
import { createShellParser } from '../../main/agents/shell/shell-parser.ts';
import { runEventPayloads, type NewRunEvent } from '../../main/domain/run/run-event.ts';

/** What reading a mutated stream came to; all but `lines`, `structured` and `capped` are to be 0. */
export interface StreamReport {
  readonly lines: number;
  readonly structured: number;
  /** Lines longer than the cap, each told as cut. */
  readonly capped: number;
  readonly threw: number;
  /** Lines whose text was not there afterwards. */
  readonly lost: number;
  /** Bytes that the lines together do not account for. */
  readonly miscounted: number;
  /** Events that are not what their type says, or too long. */
  readonly malformed: number;
}

const LINE_CAP = 4_096;
const GOOD = [
  '{"homer":"message","text":"Reading the failing test"}',
  '{"homer":"tool_call","id":"1","tool":"edit","input":{"path":"src/sum.js","lines":[1,2,null]}}',
  '{"homer":"tool_result","id":"1","ok":true,"output":"1 line changed: é 🙂 日本"}',
  '{"homer":"file_change","path":"a.js","change":"modified","additions":1,"deletions":0}',
  '{"homer":"usage","tokensIn":1200,"tokensOut":80}',
  '{"type":"assistant","message":{"content":[{"type":"text","text":"TASK_STATE: DONE"}]}}',
  'TASK_STATE: BLOCKED: which port? 🙂',
  'plain text with ümlauts',
];
const mutation = fc.record({
  line: fc.constantFrom(...GOOD),
  at: fc.nat(200),
  cut: fc.nat(20),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'binary', maxLength: 4 }).map((text) => Buffer.from(text)),
    fc.constantFrom('{', '}', '"', '\\', '\\u', 'null', '\u001b[31m', '\r').map((text) => Buffer.from(text)),
    fc.constantFrom('['.repeat(2_000), 'x'.repeat(6_000)).map((text) => Buffer.from(text)),
  ),
  chunk: fc.integer({ min: 1, max: 700 }),
});

/** Reads `lines` mutated lines, cut into chunks anywhere, characters included, as a turn of the shell executor would. */
export function readMutatedLines(lines: number, seed: number): StreamReport {
  const report = { lines: 0, structured: 0, capped: 0, threw: 0, lost: 0, miscounted: 0, malformed: 0 };
  const parser: TurnParser = createShellParser(1);
  const batch = createEventBatch(1, Number.MAX_SAFE_INTEGER);
  let expected: { bytes: Buffer }[] = [];
  const take = (text: string, bytes: number, dropped: number): boolean => {
    const line = expected.shift();
    report.lines += 1;
    if (line === undefined || line.bytes.length + 1 !== bytes) report.miscounted += 1;
    const emitted: NewRunEvent[] = [];
    try {
      parser.line({ stream: 'stdout', text, dropped }, (event) => emitted.push(event));
      for (const event of emitted) batch.add(event, bytes);
    } catch {
      report.threw += 1;
    }
    const [event] = emitted;
    const whole = line?.bytes.toString('utf8') ?? '';
    if (dropped > 0) {
      report.capped += 1;
      if (event?.type !== 'output' || !event.payload.text.endsWith(`… [${String(dropped)} bytes left out]`))
        report.lost += 1;
      else if (!whole.startsWith(text)) report.lost += 1;
    } else if (event?.type === 'output') {
      if (event.payload.text !== whole) report.lost += 1;
    } else if (event) report.structured += 1;
    else report.lost += 1;
    return batch.full();
  };
  const splitter = createLineSplitter(LINE_CAP, take);
  const judge = (): void => {
    for (const event of batch.take()) {
      const sound = runEventPayloads[event.type].safeParse(event.payload).success;
      const size = Buffer.byteLength(JSON.stringify(event.payload));
      // JSON writes a character of up to four bytes in up to twelve.
      if (!sound || size > 64 * 1024 * 6) report.malformed += 1;
    }
  };
  let left = Buffer.alloc(0);
  for (const { line, at, cut, put, chunk } of fc.sample(mutation, { numRuns: lines, seed })) {
    const raw = Buffer.from(line);
    const from = Math.min(at, raw.length);
    const mutated = Buffer.concat([raw.subarray(0, from), put, raw.subarray(from + cut)]);
    // A newline that was put in makes two lines of one.
    for (let start = 0; ;) {
      const end = mutated.indexOf(0x0a, start);
      expected.push({ bytes: mutated.subarray(start, end < 0 ? mutated.length : end) });
      if (end < 0) break;
      start = end + 1;
    }
    left = Buffer.concat([left, mutated, Buffer.from('\n')]);
    while (left.length >= chunk) {
      const piece = Buffer.from(left.subarray(0, chunk));
      for (let place = 0; place < piece.length;) {
        place = splitter.push(piece, place);
        if (batch.full()) judge();
      }
      left = left.subarray(chunk);
    }
  }
  splitter.push(left, 0);
  splitter.end();
  judge();
  report.lost += expected.length;
  expected = [];
  return report;
}
