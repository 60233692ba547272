import type { Clock } from '../../shared/clock.ts';

/**
 * Counts wrong tokens by address. After ten in a minute the answer becomes 429, without a look at the token's worth to the
 * guesser. A right token is served all the same, so that nobody can lock the owner out.
 */
export interface WrongAttempts {
  /** Records one; seconds to wait when there were too many, else 0. */
  record(address: string): number;
}

const windowMs = 60_000;
const allowed = 10;
const addressesKept = 1_000;

export function createWrongAttempts(clock: Clock): WrongAttempts {
  const byAddress = new Map<string, { since: number; count: number }>();
  return {
    record(address) {
      const now = clock.monotonic();
      const entry = byAddress.get(address);
      const current = entry && now - entry.since < windowMs ? entry : { since: now, count: 0 };
      current.count += 1;
      if (!byAddress.has(address) && byAddress.size >= addressesKept) byAddress.clear();
      byAddress.set(address, current);
      return current.count > allowed ? Math.max(1, Math.ceil((windowMs - (now - current.since)) / 1000)) : 0;
    },
  };
}
