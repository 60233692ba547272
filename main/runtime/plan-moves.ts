import type { Intent } from '../domain/intent/intent.ts';
import type { MovedTime } from '../domain/intent/moved.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { ok, type Result } from '../shared/result.ts';
import { notPlanned, planMove, type Move } from './plan-move.ts';
import { plannedIn } from './planned-times.ts';

/** So many times move at once at most; an intent can have no more moved ones. */
const MOST = 100;

export interface Moves {
  readonly times: readonly MovedTime[];
  readonly fields: Move['fields'];
}

/**
 * What it takes to move all planned times of an intent from one to another by as much, as `planMove` does with each: all of them, or none.
 * `through` left out: the one at `from` alone.
 */
export function planMoves(
  intent: Pick<Intent, 'enabled' | 'nextDueAt' | 'trigger'>,
  moved: readonly MovedTime[],
  wanted: { readonly from: string; readonly through?: string | undefined; readonly to: string },
  now: number,
): Result<Moves> {
  const from = parseTime(wanted.from);
  const through = parseTime(wanted.through ?? wanted.from);
  const shift = parseTime(wanted.to) - from;
  const times = through === from ? [from] : between(intent, moved, from, through);
  if (times[0] !== from || times.at(-1) !== through) return notPlanned;
  const kept: MovedTime[] = [];
  let fields: Move['fields'] = { nextDueAt: intent.nextDueAt };
  let known = moved;
  // The one that goes ahead first, so that none stands in the way of another.
  for (const at of shift > 0 ? times.toReversed() : times) {
    const next = { from: formatTime(at), to: formatTime(at + shift) };
    const move = planMove({ ...intent, ...fields }, known, next, now);
    if (!move.ok) return move;
    ({ fields } = move.value);
    const { time } = move.value;
    if (time === null) continue;
    kept.push(time);
    const others = known.filter(({ nominalAt }) => nominalAt !== time.nominalAt);
    known = time.nominalAt === time.toAt ? others : [...others, time];
  }
  return ok({ times: kept, fields });
}

function between(
  { nextDueAt, trigger }: Pick<Intent, 'nextDueAt' | 'trigger'>,
  moved: readonly MovedTime[],
  from: number,
  through: number,
): number[] {
  if (nextDueAt === null) return [];
  const range = { from, to: through + 1, most: MOST + 1 };
  return plannedIn(trigger, nextDueAt, range, moved).times.map(({ at }) => parseTime(at));
}
