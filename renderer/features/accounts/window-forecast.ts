import type { OutputOf } from '../../../preload/contract/operations.ts';
import { parseTime } from '../../client/clock.ts';

type Window = OutputOf<'account.list'>[number]['windows'][number];

/** How a window goes on at the pace so far. `full`: it has nothing left; `runs_out`: at this time, before it resets. */
export type WindowForecast =
  { readonly kind: 'full' | 'lasts' | 'unused' } | { readonly kind: 'runs_out'; readonly at: number };

/** Of a window's first minutes nothing is said: a single turn would look like a pace. */
const LEAST_SHARE = 0.05;

/** Undefined where use or time is not known, or it is too early to tell. */
export function forecastOf({ used, startsAt, endsAt }: Window, now: number): WindowForecast | undefined {
  if (used === null) return undefined;
  if (used >= 1) return { kind: 'full' };
  if (startsAt === null || endsAt === null) return undefined;
  const from = parseTime(startsAt);
  const to = parseTime(endsAt);
  if (now >= to || now <= from) return undefined;
  if (used === 0) return { kind: 'unused' };
  const gone = now - from;
  if (gone / (to - from) < LEAST_SHARE) return undefined;
  const at = from + gone / used;
  return at < to ? { kind: 'runs_out', at } : { kind: 'lasts' };
}
