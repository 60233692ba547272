import { randomBytes, randomFillSync } from 'node:crypto';
import type { Clock } from './clock.ts';

const POOL_BYTES = 4_096;

/** Makes sortable ids (UUID version 7): 48 bits of time, then a counter that only grows within one millisecond, then chance. */
export interface Ids {
  next(): string;
  /** `bytes` random bytes as lower-case hexadecimal; for nonces and tokens. */
  secret(bytes: number): string;
}

export function createIds(clock: Clock): Ids {
  let lastMs = 0;
  let counter = 0;
  // Chance is drawn for many ids at once: a draw costs ten times what is done with it.
  const pool = Buffer.allocUnsafe(POOL_BYTES);
  let drawn = POOL_BYTES;
  const draw = (bytes: number): Buffer => {
    if (drawn + bytes > POOL_BYTES) {
      randomFillSync(pool);
      drawn = 0;
    }
    drawn += bytes;
    return pool.subarray(drawn - bytes, drawn);
  };
  return {
    next() {
      const now = clock.now();
      if (now > lastMs) {
        lastMs = now;
        counter = draw(2).readUInt16BE(0) & 0x7ff;
      } else {
        counter += 1;
        if (counter > 0xfff) {
          counter = 0;
          lastMs += 1;
        }
      }
      const bytes = draw(16);
      bytes.writeUIntBE(lastMs, 0, 6);
      bytes.writeUInt16BE(0x7000 | counter, 6);
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const hex = bytes.toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
    secret: (bytes) => randomBytes(bytes).toString('hex'),
  };
}
