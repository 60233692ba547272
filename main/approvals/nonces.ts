import type { DecisionEntity } from '../domain/decision/decision.ts';
import { formatTime, parseTime, type Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { findNonce, insertNonce, spendNonce } from '../store/nonce-store.ts';
import type { Store } from '../store/store.ts';

const LIFETIME_MS = 24 * 3_600_000;

export interface NonceClaim {
  readonly entity: DecisionEntity;
  readonly entityId: string;
  readonly entityVersion: number;
  readonly action: string;
}

/**
 * One-time permissions for buttons outside the dashboard. A token is `tdec:<entity id>:<action>:<nonce>`: bound to one version and one
 * action of one entity, good once, for a day. Whatever does not fit is refused with a sentence, and changes nothing.
 */
export interface Nonces {
  issue(claim: NonceClaim): string;
  /** Spends a token in the caller's transaction; gives what it permits. */
  redeem(write: Write, token: string): Result<NonceClaim & { nonce: string }>;
}

export function createNonces(options: { store: Store; clock: Clock; ids: Ids }): Nonces {
  const { store, clock, ids } = options;
  return {
    issue(claim) {
      const nonce = ids.secret(16);
      store.write((write) => {
        insertNonce(write, { ...claim, nonce, expiresAt: formatTime(clock.now() + LIFETIME_MS) });
      });
      return `tdec:${claim.entityId}:${claim.action}:${nonce}`;
    },
    redeem(write, token) {
      const [prefix, entityId, action, nonce, ...rest] = token.split(':');
      if (prefix !== 'tdec' || !entityId || !action || !nonce || rest.length > 0)
        return fail('invalid_token', 'This button does not belong to Homer.');
      const stored = findNonce(write, nonce);
      if (!stored || stored.entityId !== entityId || stored.action !== action)
        return fail('invalid_token', 'This button is not known here.', { hint: 'Decide in the dashboard.' });
      if (stored.usedAt !== null)
        return fail('already_decided', 'This button was pressed before.', {
          hint: 'Nothing was done twice.',
        });
      if (parseTime(stored.expiresAt) <= clock.now())
        return fail('expired', 'This button is too old to decide with.', {
          hint: 'Decide in the dashboard.',
        });
      if (!spendNonce(write, nonce)) return fail('already_decided', 'This button was pressed before.');
      return ok({ ...stored, nonce });
    },
  };
}
