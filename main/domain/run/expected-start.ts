export interface ExpectedStart {
  readonly now: number;
  /** How many runs may work at a time. */
  readonly places: number;
  /** When each run that works began. */
  readonly workingSince: readonly number[];
  /** Queued runs that come first. */
  readonly ahead: number;
  /** How long a run works as a rule. */
  readonly typicalMs: number;
}

/** A run that took longer than most already is not about to end for that: it is given this share of the usual time again. */
const LATE_SHARE = 0.25;
const AT_LEAST_MS = 30_000;

/**
 * When a queued run probably gets its place, in milliseconds since 1970: places come free as the runs that work end, and those ahead take
 * them first. An estimate, from the usual length of a run, and to be said as one.
 */
export function expectedStart({ now, places, workingSince, ahead, typicalMs }: ExpectedStart): number {
  const free = workingSince.map((since) => {
    const left = typicalMs - (now - since);
    return now + Math.max(AT_LEAST_MS, left > 0 ? left : typicalMs * LATE_SHARE);
  });
  while (free.length < places) free.push(now);
  free.sort((a, b) => a - b);
  // Where more work than there are places, the first to end make no room.
  free.splice(0, Math.max(0, free.length - places));
  for (let before = 0; before < ahead; before += 1) {
    const next = free.shift() ?? now;
    free.push(next + typicalMs);
    free.sort((a, b) => a - b);
  }
  return free[0] ?? now;
}
