import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import { fail, ok, type Result } from './result.ts';

/**
 * One-time tokens, `tdec:<id>:<action>:<nonce8>`. Each stands for one subject, is good for one use within `ttlMs`, and dies
 * with its group: when one button of a notice is used, its other buttons are used up too.
 */
export interface OneTime<T> {
  offer(group: string, action: string, subject: T): string;
  /** The subject on the first use; `already_decided`, `expired` or `unknown_token` after. */
  redeem(token: string): Result<T>;
}

interface Offer<T> {
  readonly group: string;
  readonly subject: T;
  readonly until: number;
  used: boolean;
}

export function createOneTime<T>(options: { ids: Ids; clock: Clock; ttlMs: number }): OneTime<T> {
  const { ids, clock, ttlMs } = options;
  const offers = new Map<string, Offer<T>>();

  /** Kept for twice their life, so that a late press hears "expired" and not "unknown". */
  const forgetOld = (): void => {
    const now = clock.monotonic();
    for (const [token, offer] of offers) if (now > offer.until + ttlMs) offers.delete(token);
  };

  return {
    offer(group, action, subject) {
      forgetOld();
      const token = `tdec:${group}:${action}:${ids.secret(4)}`;
      offers.set(token, { group, subject, until: clock.monotonic() + ttlMs, used: false });
      return token;
    },
    redeem(token) {
      const offer = offers.get(token);
      if (!offer)
        return fail('unknown_token', 'This button belongs to an earlier start of Homer.', {
          hint: 'Decide in the dashboard instead.',
        });
      if (offer.used)
        return fail('already_decided', 'This was decided already.', {
          hint: 'Open it to see what was decided.',
        });
      if (clock.monotonic() > offer.until)
        return fail('expired', 'This button is too old to be used.', { hint: 'Decide in the dashboard.' });
      for (const other of offers.values()) if (other.group === offer.group) other.used = true;
      return ok(offer.subject);
    },
  };
}
