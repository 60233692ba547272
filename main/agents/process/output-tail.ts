import { boundText, cleanText } from '../clean-text.ts';
import { redactTail } from '../redact.ts';

/** Keeps the end of an output, in bounded memory. */
export interface OutputTail {
  push(chunk: Buffer): void;
  /** The last bytes as text, cleaned and redacted; begins with a whole line and says when something stands before it. */
  text(): string;
}

export function createOutputTail(limit: number): OutputTail {
  // Twice as much is kept raw, so that a secret at the cut is seen whole before the rest is let go.
  const keep = limit * 2;
  let chunks: Buffer[] = [];
  let kept = 0;
  let total = 0;
  return {
    push(chunk) {
      total += chunk.length;
      chunks.push(chunk);
      kept += chunk.length;
      if (kept <= keep * 2) return;
      chunks = [Buffer.concat(chunks).subarray(-keep)];
      kept = keep;
    },
    text() {
      const raw = Buffer.concat(chunks).subarray(-keep);
      const firstLine = raw.length < total ? raw.indexOf(0x0a) + 1 : 0;
      const clean = redactTail(cleanText(raw.toString('utf8', firstLine)));
      const bytes = Buffer.from(clean, 'utf8');
      if (raw.length === total && bytes.length <= limit) return clean;
      const room = Math.max(0, limit - 64);
      const cut = bytes.length <= room ? 0 : bytes.indexOf(0x0a, bytes.length - room) + 1;
      const tail = bytes.toString('utf8', cut > 0 ? cut : Math.max(0, bytes.length - room));
      return boundText(
        `[${String(total - Buffer.byteLength(tail))} bytes before this left out]\n${tail}`,
        limit,
      );
    },
  };
}
