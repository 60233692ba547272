import type { Clock } from '../shared/clock.ts';

/** A difference below this is drift, slewing or a slow tick. */
const JUMP_MS = 5_000;

/**
 * Tells when the wall clock moved otherwise than time went by: it was set, or the machine slept (the monotonic clock stands still then).
 * Gives by how many milliseconds since it was asked last; 0 for none.
 */
export function createClockWatch(clock: Clock): () => number {
  let wall = clock.now();
  let monotonic = clock.monotonic();
  return () => {
    const jumped = clock.now() - wall - (clock.monotonic() - monotonic);
    wall = clock.now();
    monotonic = clock.monotonic();
    return Math.abs(jumped) >= JUMP_MS ? Math.round(jumped) : 0;
  };
}
