import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one case of faults showed. */
export interface FaultReport {
  readonly name: string;
  /** Why it could not be done here; null: it was. */
  readonly skipped: string | null;
  /** Points, files or kills that were tried. */
  readonly n: number;
  /** Promises that were broken; none is the goal. */
  readonly faults: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

export function skipped(name: string, reason: string): FaultReport {
  return { name, skipped: reason, n: 0, faults: [], figures: {} };
}

/** Runs `work` in a folder of its own, which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homer-faults-')));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A small generator with a seed, so that a sequence can be repeated. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
