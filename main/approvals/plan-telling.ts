import type { Untold } from '../store/told-store.ts';
import { passesQuiet, type CalmSettings, type Quiet } from './calm.ts';

export interface Telling {
  /** Told one by one. */
  readonly singles: readonly Untold[];
  /** Told together, each list as one summary. */
  readonly summaries: readonly (readonly Untold[])[];
  /** Not told now, and why; told once that is over. */
  readonly held: readonly { readonly item: Untold; readonly why: string }[];
  /** Never told. */
  readonly off: readonly { readonly item: Untold; readonly why: string }[];
}

export const FLOOD = 'many notifications in a short time';

/**
 * How what waits is told. Loud kinds first; what is off never; what may not pass while it is quiet later; many that come together, and what
 * was held back, as one summary; and never more than `room` in all: the last place is a summary of what is left, and when there is none
 * everything but what blocks an agent is held until there is.
 */
export function planTelling(
  untold: readonly Untold[],
  settings: CalmSettings,
  at: { readonly quiet: Quiet | null; readonly room: number },
): Telling {
  const { quiet, room } = at;
  const off: { item: Untold; why: string }[] = [];
  const held: { item: Untold; why: string }[] = [];
  const now: Untold[] = [];
  for (const item of untold) {
    if (!settings.enabled) off.push({ item, why: 'Notifications are off.' });
    else if (settings.loudness[item.kind] === 'off') off.push({ item, why: 'This kind is off.' });
    else if (quiet && !passesQuiet(settings, item.kind)) held.push({ item, why: quiet.why });
    else now.push(item);
  }

  const summaries: Untold[][] = [];
  let singles: Untold[] = [];
  const group = (items: Untold[], most: number): void => {
    if (items.length > most) summaries.push(items);
    else singles.push(...items);
  };
  group(
    now.filter((item) => item.held !== ''),
    1,
  );
  const fresh = now.filter((item) => item.held === '');
  group(
    fresh.filter(({ kind }) => kind === 'idea'),
    settings.atOnce,
  );
  group(
    fresh.filter(({ kind }) => kind !== 'idea'),
    settings.atOnce,
  );
  if (singles.length + summaries.length > room) {
    const rest = [...singles, ...summaries.flat()].sort((a, b) => loud(b, settings) - loud(a, settings));
    summaries.length = 0;
    const own = Math.max(0, room - 1);
    singles = rest.slice(0, own);
    const left = rest.slice(own);
    if (room > 0) summaries.push(left);
    else
      for (const item of left)
        if (item.kind === 'blocked' || item.kind === 'permission') singles.push(item);
        else held.push({ item, why: FLOOD });
  }
  singles.sort((a, b) => loud(b, settings) - loud(a, settings));
  return { singles, summaries, held, off };
}

function loud(item: Untold, settings: CalmSettings): number {
  const level = settings.loudness[item.kind];
  return (
    (item.kind === 'blocked' || item.kind === 'permission' ? 10 : 0) +
    (level === 'urgent' ? 2 : level === 'notify' ? 1 : 0)
  );
}
