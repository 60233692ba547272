import { formatTime, parseTime } from '../../client/clock.ts';
import { bundleRuns } from './bundle-runs.ts';
import type { RangeIntent } from './calendar-types.ts';

/** Blocks move by a quarter of an hour. */
export const STEP_MS = 15 * 60_000;

/** Planned times that are shown elsewhere: all from `from` to `through`, the first of them at `to`. */
export interface Move {
  readonly intentId: string;
  readonly name: string;
  readonly from: string;
  readonly through: string;
  readonly to: string;
  readonly count: number;
}
/** `live` while they are moved, then until the days are read with them there. */
export interface Moving extends Move {
  readonly live: boolean;
}

/** A planned time as it is shown; `was`: where it was read. */
export type ShownTime = RangeIntent['planned'][number] & { readonly was: string };

/** Times that stand, and move, together: the first of them and the last. */
export interface Stretch {
  readonly at: string;
  readonly until: string;
}

/** So many steps on, never into the past, and not as far as the times around them. */
export function stepped(
  { at, until }: Stretch,
  steps: number,
  now: number,
  planned: readonly { readonly at: string }[],
): string {
  const from = parseTime(at);
  const before = planned.findLast((time) => time.at < at);
  const behind = planned.find((time) => time.at > until);
  const least = Math.floor((Math.max(now, before ? parseTime(before.at) : 0) - from) / STEP_MS) + 1;
  const most = behind ? Math.ceil((parseTime(behind.at) - parseTime(until)) / STEP_MS) - 1 : Infinity;
  return formatTime(from + Math.max(least, Math.min(steps, most)) * STEP_MS);
}

/** The planned times of an intent as they are shown: those that are moved where they go. */
export function shownPlanned(
  { id, planned }: Pick<RangeIntent, 'id' | 'planned'>,
  moving: Moving | null,
): readonly ShownTime[] {
  return planned.map((time) => {
    if (!isMoved(id, time.at, moving)) return { ...time, was: time.at };
    const shift = parseTime(moving.to) - parseTime(moving.from);
    return {
      at: formatTime(parseTime(time.at) + shift),
      was: time.at,
      movedFrom: time.movedFrom ?? time.at,
    };
  });
}

/** The times of one block each: those that would stand on each other together, and those that are moved just now by themselves. */
export function plannedBlocks(
  id: string,
  planned: readonly ShownTime[],
  moving: Moving | null,
  x: (time: ShownTime) => number,
  least: number,
): ShownTime[][] {
  const [held, others] = [true, false].map((is) =>
    planned.filter(({ was }) => (moving?.live === true && isMoved(id, was, moving)) === is),
  ) as [ShownTime[], ShownTime[]];
  const blocks = bundleRuns(others, x, least);
  // In the order they had: what changes its place in the page would lose pointer and focus.
  const at = blocks.findIndex(
    ([first]) => first !== undefined && held[0] !== undefined && first.was > held[0].was,
  );
  return held.length === 0 ? blocks : blocks.toSpliced(at < 0 ? blocks.length : at, 0, held);
}

function isMoved(id: string, at: string, moving: Moving | null): moving is Moving {
  return moving !== null && moving.intentId === id && at >= moving.from && at <= moving.through;
}
