import { statSync } from 'node:fs';
import type { Clock } from '../shared/clock.ts';
import { unlessMissing } from './unless-missing.ts';

/** What was read from files, kept for as long as those files are the ones that were read. In memory only: nothing can plant it. */
export interface Remembered {
  /**
   * The value of `key` as it was computed from `files`, or computed anew when any of them is not the same file with the same
   * content and change times any more. `undefined` from `read` is given back and not kept.
   */
  of<T>(key: string, files: readonly string[], read: () => Promise<T | undefined>): Promise<T | undefined>;
}

const MOST_ENTRIES = 500;
/** File systems stamp changes as coarsely as 2 s: a file younger than that could change again under the same times. */
const SETTLED_MS = 3_000;

/**
 * The inode change time is part of a file's stamp, which no program can set back; so a file that was rewritten with the same size,
 * or swapped for another, is noticed. What was read while a file was still young is not kept.
 */
export function createRemembered(clock: Clock): Remembered {
  const entries = new Map<string, { stamp: string; value: unknown }>();
  return {
    async of<T>(key: string, files: readonly string[], read: () => Promise<T | undefined>) {
      const before = stampOf(files);
      const known = entries.get(key);
      if (known?.stamp === before.stamp) {
        entries.delete(key);
        entries.set(key, known);
        return known.value as T;
      }
      entries.delete(key);
      const value = await read();
      if (value === undefined || clock.now() - before.youngest < SETTLED_MS) return value;
      if (stampOf(files).stamp !== before.stamp) return value;
      entries.set(key, { stamp: before.stamp, value });
      for (const oldest of entries.keys()) {
        if (entries.size <= MOST_ENTRIES) break;
        entries.delete(oldest);
      }
      return value;
    },
  };
}

/** Synchronous: asked before each command, and a tenth of the time of waiting for each answer. */
function stampOf(files: readonly string[]): { stamp: string; youngest: number } {
  const stamps = files.map((file) => {
    // Through links: what counts is the file that is read in the end.
    const found = unlessMissing(() => statSync(file, { bigint: true, throwIfNoEntry: false }));
    if (!found) return { stamp: 'none', at: 0 };
    const { dev, ino, mode, uid, size, mtimeNs, ctimeNs } = found;
    // A folder's times change with whatever is made in it; only that it is the same folder counts.
    if (found.isDirectory()) return { stamp: ['folder', dev, ino, mode, uid].join(':'), at: 0 };
    return {
      stamp: [dev, ino, mode, uid, size, mtimeNs, ctimeNs].join(':'),
      at: Number(ctimeNs / 1_000_000n),
    };
  });
  return {
    stamp: stamps.map(({ stamp }) => stamp).join('|'),
    youngest: Math.max(0, ...stamps.map(({ at }) => at)),
  };
}
