import { comparePlaces } from './choose.ts';
import { minutesOf, timeAt, wallTime } from './zone-time.ts';
import type { Night } from './night.ts';
import { nightAt } from './night.ts';
import type { Forecast } from './night-plan.ts';

/** Work that waits for its turn, in the order of the queue. */
export interface WaitingWork {
  readonly executor: string;
  readonly forecast: Forecast;
  /** ms since 1970; null: at once. */
  readonly notBefore: number | null;
}

export interface PlanWindow {
  readonly name: string;
  /** What fills it; null: not known. */
  readonly tokens: number | null;
  readonly requests: number | null;
  readonly costMicroUsd: number | null;
  /** What is used of it, 0 to 1; null: not known. */
  readonly used: number | null;
  /** When it begins anew; null: it opens when it is used next. */
  readonly endsAt: number | null;
  readonly lengthMs: number;
}

export interface PlanAccount {
  readonly id: string;
  readonly label: string;
  readonly executor: string;
  /** False: disabled, or in error. */
  readonly usable: boolean;
  /** Where it stands in its owner's order; null: in none. */
  readonly place: number | null;
  /** When its cooldown is over; null: it has none. */
  readonly backAt: number | null;
  /** Part of each window that is the owner's by day, 0 to 1. */
  readonly reserve: number;
  readonly windows: readonly PlanWindow[];
}

export interface FitInput<W extends WaitingWork> {
  readonly now: number;
  readonly night: Night;
  readonly work: readonly W[];
  readonly accounts: readonly PlanAccount[];
  /** How many work at the same time: in all, and with one account. */
  readonly most: { readonly all: number; readonly account: number };
  /** What may still be spent, by the day: until when, and how much. Empty: no cap. */
  readonly caps: readonly { readonly until: number; readonly leftMicroUsd: number }[];
}

export interface Placed<W> {
  readonly work: W;
  readonly accountId: string | null;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly windowAfter: number | null;
  readonly assumed: boolean;
}

export interface Fit<W> {
  readonly from: number;
  readonly to: number;
  readonly fits: readonly Placed<W>[];
  readonly leftOut: readonly { readonly work: W; readonly why: string }[];
}

const SLOT_MS = 300_000;
const UNITS = ['tokens', 'requests', 'costMicroUsd'] as const;

/** The night that `now` lies in, or the next one. */
export function nightOf(night: Night, now: number): { from: number; to: number } {
  const { night: is, changesAt } = nightAt(night, now);
  if (!is) return { from: changesAt, to: nightAt(night, changesAt).changesAt };
  const shown = wallTime(changesAt, night.zone);
  const begins = minutesOf(night.from);
  const back = begins < minutesOf(night.to) ? 0 : 1;
  return {
    from: timeAt(
      { ...shown, day: shown.day - back, hour: Math.floor(begins / 60), minute: begins % 60 },
      night.zone,
    ),
    to: changesAt,
  };
}

/**
 * Fits work into what accounts have left, from now until the end of the night. One after the other in the order of the queue, each where it can start first:
 * with a free place, and room in every window of its account for what it will probably use. By day a part of each window is left alone. Time is counted
 * in slots of five minutes. The same input gives the same plan.
 */
export function fitNight<W extends WaitingWork>(input: FitInput<W>): Fit<W> {
  const { now } = input;
  const { from, to } = nightOf(input.night, now);
  const slots = Math.max(1, Math.ceil((to - now) / SLOT_MS));
  const timeOf = (slot: number): number => now + slot * SLOT_MS;
  const byNight = Array.from({ length: slots }, (_, slot) => timeOf(slot) >= from);
  const all = new Uint16Array(slots);
  const desks = input.accounts.map((account) => openDesk(account, now, slots, timeOf));
  const left = input.caps.map(({ leftMicroUsd }) => leftMicroUsd);
  const fits: Placed<W>[] = [];
  const leftOut: { work: W; why: string }[] = [];

  for (const work of input.work) {
    const needs = {
      tokens: work.forecast.tokens.likely,
      requests: work.forecast.requests.likely,
      costMicroUsd: work.forecast.costMicroUsd?.likely ?? 0,
    };
    const length = Math.max(1, Math.ceil(work.forecast.durationMs.likely / SLOT_MS));
    const first = Math.max(0, Math.ceil(((work.notBefore ?? now) - now) / SLOT_MS));
    const own = desks.filter(({ account }) => account.executor === work.executor);
    const usable = own.filter(({ account }) => account.usable);
    if (own.length > 0 && usable.length === 0) {
      leftOut.push({ work, why: `No account of ${work.executor} can take turns.` });
      continue;
    }
    let best: { slot: number; desk: Desk | null; after: number } | null = null;
    const reasons = new Set<string>();
    for (const desk of usable.length > 0 ? usable : [null]) {
      const slot = earliest(desk);
      if (slot === null) continue;
      const after = desk === null ? 0 : desk.fullest(slot, needs);
      const order = desk && best?.desk ? comparePlaces(desk.account, best.desk.account) : 0;
      if (
        best === null ||
        slot < best.slot ||
        (slot === best.slot && (order < 0 || (order === 0 && after < best.after)))
      )
        best = { slot, desk, after };
    }
    if (best === null) {
      leftOut.push({ work, why: [...reasons][0] ?? 'There is no free place before the night ends.' });
      continue;
    }
    const { slot, desk } = best;
    for (let it = slot; it < slot + length; it += 1) {
      all[it] = (all[it] ?? 0) + 1;
      desk?.take(it);
    }
    desk?.use(slot, needs);
    const day = dayOf(slot);
    if (day !== null) left[day] = (left[day] ?? 0) - needs.costMicroUsd;
    fits.push({
      work,
      accountId: desk?.account.id ?? null,
      startsAt: timeOf(slot),
      endsAt: timeOf(slot) + work.forecast.durationMs.likely,
      windowAfter: desk === null || desk.account.windows.length === 0 ? null : best.after,
      assumed: desk?.unknown ?? false,
    });

    function earliest(desk: Desk | null): number | null {
      const back = desk?.account.backAt ?? now;
      let begin = Math.max(first, Math.ceil((back - now) / SLOT_MS));
      while (begin + length <= slots) {
        const taken = lastTaken(begin, desk);
        if (taken !== null) {
          begin = taken + 1;
          continue;
        }
        const day = dayOf(begin);
        if (day !== null && (left[day] ?? 0) < needs.costMicroUsd) {
          reasons.add('The daily cap leaves no room for it.');
          begin = nextSlot(input.caps[day]?.until ?? to);
          continue;
        }
        const tight = desk?.tight(begin, needs, byNight[begin] === true) ?? null;
        if (tight === null) return begin;
        reasons.add(tight.why);
        if (tight.until === null) return null;
        // The night lets go of the reserve, the window begins anew: whichever is first.
        begin = Math.max(begin + 1, nextSlot(tight.byDay ? Math.min(from, tight.until) : tight.until));
      }
      return null;
    }
    function lastTaken(begin: number, desk: Desk | null): number | null {
      for (let it = begin + length - 1; it >= begin; it -= 1)
        if ((all[it] ?? 0) >= input.most.all || (desk?.taken(it) ?? 0) >= input.most.account) return it;
      return null;
    }
  }
  return { from, to, fits, leftOut };

  function nextSlot(time: number): number {
    return Math.ceil((time - now) / SLOT_MS);
  }
  function dayOf(slot: number): number | null {
    const day = input.caps.findIndex(({ until }) => timeOf(slot) < until);
    return day < 0 ? null : day;
  }
}

type Needs = Readonly<Record<(typeof UNITS)[number], number>>;

/** One account while a plan is made: its places by slot, and what is used of each window by how often that began anew. */
interface Desk {
  readonly account: PlanAccount;
  /** Whether a window of it has a size nobody knows. */
  readonly unknown: boolean;
  taken(slot: number): number;
  take(slot: number): void;
  /** What keeps work from beginning in a slot, and until when; null until: it never fits. */
  tight(
    slot: number,
    needs: Needs,
    night: boolean,
  ): { why: string; until: number | null; byDay: boolean } | null;
  fullest(slot: number, needs: Needs): number;
  use(slot: number, needs: Needs): void;
}

function openDesk(account: PlanAccount, now: number, slots: number, timeOf: (slot: number) => number): Desk {
  const places = new Uint16Array(slots);
  const windows = account.windows.map((window) => {
    const ends = window.endsAt ?? now + window.lengthMs;
    const nth = (slot: number): number =>
      timeOf(slot) < ends ? 0 : 1 + Math.floor((timeOf(slot) - ends) / window.lengthMs);
    const shares: number[] = [window.used ?? 0];
    const share = (needs: Needs): number =>
      Math.max(
        0,
        ...UNITS.flatMap((unit) => {
          const limit = window[unit];
          return limit === null ? [] : [needs[unit] / limit];
        }),
      );
    return { window, nth, shares, share, endOf: (it: number) => ends + it * window.lengthMs };
  });
  return {
    account,
    unknown: account.windows.some((it) => UNITS.every((unit) => it[unit] === null)),
    taken: (slot) => places[slot] ?? 0,
    take(slot) {
      places[slot] = (places[slot] ?? 0) + 1;
    },
    tight(slot, needs, night) {
      let worst: { why: string; until: number | null; byDay: boolean } | null = null;
      for (const { window, nth, shares, share, endOf } of windows) {
        const used = shares[nth(slot)] ?? 0;
        const more = share(needs);
        const whose = `the window ${window.name} of ${account.label}`;
        if (more > 1)
          return { why: `It needs more than the whole of ${whose} holds.`, until: null, byDay: false };
        const room = night ? 1 : 1 - account.reserve;
        if (used + more <= room && used < room) continue;
        // By day it would fit into what the reserve keeps, or only once the window begins anew.
        const byDay = !night && used + more <= 1 && used < 1;
        const until = endOf(nth(slot));
        if (worst === null || until > (worst.until ?? 0))
          worst = {
            why: byDay
              ? `${capital(whose)} keeps a part for you by day.`
              : `There is no room left in ${whose}.`,
            until,
            byDay,
          };
      }
      return worst;
    },
    fullest: (slot, needs) =>
      Math.max(0, ...windows.map(({ nth, shares, share }) => (shares[nth(slot)] ?? 0) + share(needs))),
    use(slot, needs) {
      for (const { nth, shares, share } of windows)
        shares[nth(slot)] = (shares[nth(slot)] ?? 0) + share(needs);
    },
  };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
