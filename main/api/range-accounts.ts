import type { OutputOf } from '../../preload/contract/operations.ts';
import type { Account } from '../domain/account/account.ts';
import { windowWords } from '../domain/account/window-words.ts';
import { parseTime } from '../shared/clock.ts';
import { listAccounts } from '../store/account-store.ts';
import { listPastWindows, type PastWindow } from '../store/account-window-hour-store.ts';
import type { Read } from '../store/database.ts';

type RangeAccount = OutputOf<'schedule.range'>['accounts'][number];
type Window = RangeAccount['windows'][number];
type Span = RangeAccount['exhausted'][number];

/** Shorter ones would be drawn on each other; an account with more of them in a span is at work all the time. */
const MOST_WINDOWS = 80;

/** Each account with the windows of its quota on some days, and when it could take no turn: as it was kept, and ahead as far as is known. */
export function accountsIn(read: Read, days: { from: string; to: string }, now: string): RangeAccount[] {
  const past = Map.groupBy(listPastWindows(read, days), ({ accountId }) => accountId);
  return listAccounts(read, now).map((account) => {
    const kept = past.get(account.id) ?? [];
    return {
      id: account.id,
      label: account.label,
      executor: account.executor,
      windows: windowsOf(account, kept, days),
      exhausted: [...wasFull(kept, now), ...isFull(account, now)].filter(
        ({ from, to }) => from < days.to && to > days.from,
      ),
    };
  });
}

/** What was kept of windows, and the present ones; of both, what stands in the account now. */
function windowsOf(
  account: Account,
  kept: readonly PastWindow[],
  days: { from: string; to: string },
): Window[] {
  const now: Window[] = account.windows.flatMap(({ name, startsAt: from, endsAt: to, used }) =>
    from !== null && to !== null && from < days.to && to > days.from
      ? [{ name: windowWords(name), from, to, used: used === null ? null : Math.min(1, used) }]
      : [],
  );
  const before = kept
    .map(({ name, startsAt: from, endsAt: to, used }): Window => ({
      name: windowWords(name),
      from,
      to,
      used,
    }))
    .filter((it) => !now.some(({ name, from, to }) => name === it.name && it.from < to && it.to > from));
  return [...before, ...now]
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
    .slice(-MOST_WINDOWS)
    .sort((a, b) => lengthOf(a) - lengthOf(b));
}

function lengthOf({ from, to }: Window): number {
  return parseTime(to) - parseTime(from);
}

function wasFull(kept: readonly PastWindow[], now: string): Span[] {
  return kept.flatMap(({ name, fullAt, endsAt }) => {
    const to = endsAt < now ? endsAt : now;
    return fullAt !== null && fullAt < to
      ? [{ from: fullAt, to, why: `Its window ${windowWords(name)} was full.` }]
      : [];
  });
}

/** What is known of it ahead: that it cools down, and that a window is full until it ends. */
function isFull({ status, cooldownUntil, windows }: Account, now: string): Span[] {
  const until = (to: string | null, why: string): Span[] =>
    to !== null && to > now ? [{ from: now, to, why }] : [];
  return [
    ...(status === 'rate_limited' ? until(cooldownUntil, 'It cools down after a rate limit.') : []),
    ...windows.flatMap(({ name, used, endsAt }) =>
      used !== null && used >= 1 ? until(endsAt, `Its window ${windowWords(name)} is full.`) : [],
    ),
  ];
}
