import type { Account } from './account.ts';

/** What a choice of an account goes by. */
export interface Candidate extends Pick<
  Account,
  'id' | 'label' | 'status' | 'consecutiveFailures' | 'lastUsedAt' | 'cooldownUntil' | 'windows' | 'place'
> {
  /** Part of each window that is not Homer's at this time of the day, 0 to 1. */
  readonly reserve: number;
  /** It has as many runs as it may. */
  readonly busy: boolean;
}

export interface Unfree {
  /** A sentence without a time. */
  readonly why: string;
  /** When that ends by itself, ms since 1970; null: when something else changes. */
  readonly until: number | null;
}

/** Why an account cannot be taken now; null when it can. `dayEndsAt`: when the reserve is let go. */
export function whyUnfree(account: Candidate, dayEndsAt: number): Unfree | null {
  if (account.status === 'disabled') return { why: `${account.label} is disabled.`, until: null };
  if (account.status === 'error') return { why: `${account.label} cannot sign in.`, until: null };
  const blocks: Unfree[] = [];
  if (account.status === 'rate_limited')
    blocks.push({ why: `${account.label} is rate limited.`, until: timeOf(account.cooldownUntil) });
  for (const { name, used, endsAt } of account.windows) {
    const ends = timeOf(endsAt);
    // Unknown is not empty and not full: the provider will say.
    if (used === null || used < 1 - account.reserve) continue;
    if (used >= 1) blocks.push({ why: `${account.label} has used up its window ${name}.`, until: ends });
    else
      blocks.push({
        why: `${account.label} keeps ${String(Math.round(account.reserve * 100))} % of its window ${name} for you by day.`,
        until: ends === null ? dayEndsAt : Math.min(ends, dayEndsAt),
      });
  }
  if (blocks.length === 0)
    return account.busy ? { why: `${account.label} has as many runs as it may.`, until: null } : null;
  // It is back when the last of them is over.
  return blocks.reduce((last, block) =>
    (block.until ?? Infinity) > (last.until ?? Infinity) ? block : last,
  );
}

export type Choice =
  { readonly account: Candidate; readonly waits: null } | { readonly account: null; readonly waits: Unfree };

/**
 * The account a turn is taken with. One that has the session of the run goes on while it can, for its context is there; else it is the one
 * with the fewest failures in a row, then the first in its owner's order, then the lowest use, then the longest idle. When none is free: what the first one waits for.
 */
export function chooseAccount(
  candidates: readonly Candidate[],
  at: { readonly dayEndsAt: number; readonly keep: string | null },
): Choice {
  const looked = candidates.map((account) => ({ account, unfree: whyUnfree(account, at.dayEndsAt) }));
  const free = looked.filter(({ unfree }) => unfree === null).map(({ account }) => account);
  const kept = free.find(({ id }) => id === at.keep);
  if (kept) return { account: kept, waits: null };
  const [best] = free.sort(
    (a, b) =>
      a.consecutiveFailures - b.consecutiveFailures ||
      comparePlaces(a, b) ||
      highestUse(a) - highestUse(b) ||
      compare(a.lastUsedAt ?? '', b.lastUsedAt ?? '') ||
      compare(a.id, b.id),
  );
  if (best) return { account: best, waits: null };
  const waits = looked
    .flatMap(({ unfree }) => (unfree === null ? [] : [unfree]))
    .sort((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity))[0];
  return { account: null, waits: waits ?? { why: 'There is no account.', until: null } };
}

/** Those their owner put in order go first, in that order. */
export function comparePlaces(a: Pick<Account, 'place'>, b: Pick<Account, 'place'>): number {
  if (a.place === b.place) return 0;
  return (a.place ?? Infinity) - (b.place ?? Infinity);
}

export function highestUse({ windows }: Pick<Account, 'windows'>): number {
  return Math.max(0, ...windows.map(({ used }) => used ?? 0));
}

function timeOf(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
