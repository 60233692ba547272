import type { Clock } from '../../shared/clock.ts';
import { hashSecret, newSecret } from './secret.ts';

export const oneTimeTokenMs = 10 * 60_000;

/** Tokens of printed URLs: each is exchanged once for a session, within ten minutes. Kept as hashes, in memory alone. */
export interface OneTimeTokens {
  issue(): string;
  /** True exactly once for a token that was issued and has not expired. */
  redeem(token: string): boolean;
}

export function createOneTimeTokens(clock: Clock): OneTimeTokens {
  const expiry = new Map<string, number>();
  return {
    issue() {
      const now = clock.now();
      for (const [hash, at] of expiry) if (at <= now) expiry.delete(hash);
      const token = newSecret();
      expiry.set(hashSecret(token), now + oneTimeTokenMs);
      return token;
    },
    redeem(token) {
      const hash = hashSecret(token);
      const at = expiry.get(hash);
      expiry.delete(hash);
      return at !== undefined && at > clock.now();
    },
  };
}
