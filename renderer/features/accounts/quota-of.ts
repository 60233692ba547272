import type { OutputOf } from '../../../preload/contract/operations.ts';

type Account = OutputOf<'account.list'>[number];

/** What the account that matters now has left: a line of it fits anywhere. */
export interface Quota {
  readonly label: string;
  readonly executor: string;
  readonly window: string;
  /** Part of the window that is used; at least 0. */
  readonly used: number;
  readonly resetsAt: string | null;
}

/** Of the account at work, or else of the one used last, the window that is fullest; undefined when nobody knows any. */
export function quotaOf(accounts: readonly Account[]): Quota | undefined {
  let best: { quota: Quota; rank: readonly [number, string] } | undefined;
  for (const { label, executor, status, windows, runs, lastUsedAt } of accounts) {
    if (status === 'disabled') continue;
    const fullest = windows.reduce<(typeof windows)[number] | undefined>(
      (most, window) => (window.used !== null && window.used > (most?.used ?? -1) ? window : most),
      undefined,
    );
    if (fullest?.used === null || fullest?.used === undefined) continue;
    const rank = [runs.length > 0 ? 1 : 0, lastUsedAt ?? ''] as const;
    if (best && (best.rank[0] > rank[0] || (best.rank[0] === rank[0] && best.rank[1] >= rank[1]))) continue;
    best = {
      rank,
      quota: { label, executor, window: fullest.name, used: fullest.used, resetsAt: fullest.endsAt },
    };
  }
  return best?.quota;
}
