const LEAST_MS = 1_000;
const UNTOLD_MS = 60_000;
const MOST_UNTOLD_MS = 3_600_000;
const MOST_TOLD_MS = 900_000;

/**
 * Until when an account that met a rate limit is left alone: to the time its provider told, else for a minute, doubled with each limit in a
 * row, up to an hour. A told time that is over or a moment away counts for little when the limits go on: then the wait grows as well.
 */
export function cooldownUntil(now: number, told: number | null, failuresInRow: number): number {
  const doubled = (from: number, most: number): number =>
    Math.min(most, from * 2 ** Math.max(0, Math.min(30, failuresInRow - 1)));
  return told === null
    ? now + doubled(UNTOLD_MS, MOST_UNTOLD_MS)
    : Math.max(told, now + doubled(LEAST_MS, MOST_TOLD_MS));
}
