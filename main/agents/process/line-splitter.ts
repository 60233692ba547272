export const LINE_CAP = 1024 * 1024;

/** Takes one line; `bytes` is what it took of the file, newline included; true asks the splitter to pause after it. */
export type TakeLine = (text: string, bytes: number, dropped: number) => boolean;

export interface LineSplitter {
  /** Takes `chunk` from `from` on. Returns where it stopped: the chunk's length, or earlier when a line asked for a pause. */
  push(chunk: Buffer, from: number): number;
  /** Hands out what stands after the last newline, if anything. */
  end(): void;
}

/**
 * Splits bytes at newlines. Works on bytes, so a character cut by a chunk is whole again in its line; bytes that are no UTF-8
 * become U+FFFD. Of a line over `cap` bytes the start is kept and the rest only counted, so no input makes it hold more than `cap`.
 */
export function createLineSplitter(cap: number, take: TakeLine): LineSplitter {
  let parts: Buffer[] = [];
  let kept = 0;
  let dropped = 0;

  const keep = (piece: Buffer): void => {
    const room = cap - kept;
    // Copied: the caller reads into the same buffer again.
    if (room > 0) parts.push(Buffer.from(piece.subarray(0, room)));
    kept += Math.min(room, piece.length);
    dropped += Math.max(0, piece.length - room);
  };
  const release = (newline: number): boolean => {
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    const cut = dropped > 0 ? lastCharacter(bytes) : bytes.length;
    const total = kept + dropped + newline;
    const left = dropped + (bytes.length - cut);
    parts = [];
    kept = 0;
    dropped = 0;
    return take(bytes.toString('utf8', 0, cut), total, left);
  };

  return {
    push(chunk, from) {
      let at = from;
      while (at < chunk.length) {
        const newline = chunk.indexOf(0x0a, at);
        if (newline < 0) {
          keep(chunk.subarray(at));
          return chunk.length;
        }
        let pause: boolean;
        if (kept + dropped === 0 && newline - at <= cap) {
          pause = take(chunk.toString('utf8', at, newline), newline - at + 1, 0);
        } else {
          keep(chunk.subarray(at, newline));
          pause = release(1);
        }
        at = newline + 1;
        if (pause) return at;
      }
      return at;
    },
    end() {
      if (kept + dropped > 0) release(0);
    },
  };
}

/** The end of `bytes`, or the start of a last character that the cap cut in two. */
function lastCharacter(bytes: Buffer): number {
  for (let back = 1; back <= 4 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
