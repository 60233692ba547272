import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './line-splitter.ts';

function split(bytes: Buffer, cuts: readonly number[], cap: number, pauseEvery = 0): object[] {
  const lines: object[] = [];
  const splitter = createLineSplitter(cap, (text, size, dropped) => {
    lines.push({ text, size, dropped });
    return pauseEvery > 0 && lines.length % pauseEvery === 0;
  });
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  const shared = Buffer.alloc(bytes.length);
  let from = 0;
  for (const end of ends) {
    // One buffer for all chunks, as the reader has it.
    const size = bytes.copy(shared, 0, from, end);
    for (let at = 0; at < size;) at = splitter.push(shared.subarray(0, size), at);
    shared.fill(0x3f);
    from = end;
  }
  splitter.end();
  return lines;
}

/** Split in one go, by another way. */
function expected(bytes: Buffer): object[] {
  const lines: object[] = [];
  let start = 0;
  for (const [at, byte] of bytes.entries()) {
    if (byte !== 0x0a) continue;
    lines.push({ text: bytes.toString('utf8', start, at), size: at + 1 - start, dropped: 0 });
    start = at + 1;
  }
  if (start < bytes.length) {
    lines.push({ text: bytes.toString('utf8', start), size: bytes.length - start, dropped: 0 });
  }
  return lines;
}

const text = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\n'), fc.constant('é🙂')), { maxLength: 30 })
  .map((parts) => Buffer.from(parts.join('')));
const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('the line splitter', () => {
  it('gives the same lines however the bytes are cut and wherever it pauses', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
        ),
        cuts,
        fc.nat(3),
        (bytes, at, pause) => {
          expect(split(bytes, at, 1_000_000, pause)).toEqual(expected(bytes));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('keeps the start of an over-long line, counts the rest, and cuts the same however chunked', () => {
    fc.assert(
      fc.property(text, cuts, fc.integer({ min: 4, max: 12 }), (bytes, at, cap) => {
        const once = split(bytes, [], cap) as { text: string; size: number; dropped: number }[];
        expect(split(bytes, at, cap)).toEqual(once);
        expect(once.reduce((sum, line) => sum + line.size, 0)).toBe(bytes.length);
        for (const line of once) {
          expect(Buffer.byteLength(line.text)).toBeLessThanOrEqual(cap);
          expect(line.text).not.toContain('\ufffd');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('goes on with the next line after one that was too long', () => {
    expect(split(Buffer.from('abcdefgh\nij\n'), [3, 5], 4)).toEqual([
      { text: 'abcd', size: 9, dropped: 4 },
      { text: 'ij', size: 3, dropped: 0 },
    ]);
  });

  it('tolerates bytes that are no UTF-8', () => {
    expect(split(Buffer.from([0xff, 0xfe, 0x0a, 0x41, 0x0a]), [1], 100)).toEqual([
      { text: '\ufffd\ufffd', size: 3, dropped: 0 },
      { text: 'A', size: 2, dropped: 0 },
    ]);
  });
});
