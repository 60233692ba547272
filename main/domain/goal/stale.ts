import type { GoalStatus } from './status.ts';

/** An active goal that nothing moved for so long is stale: it sinks below the others. */
export const STALE_AFTER_MS = 21 * 86_400_000;

/** `movedAt`, milliseconds: the last change of the goal, of what is linked to it, or of anything below it. */
export function isStale(status: GoalStatus, movedAt: number, now: number): boolean {
  return status === 'active' && now - movedAt >= STALE_AFTER_MS;
}
