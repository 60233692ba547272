import type { AccountGrant, TurnEnding } from '../agents/runner.ts';
import { chooseAccount, type Unfree } from '../domain/account/choose.ts';
import type { PriceTable } from '../domain/cost/price-table.ts';
import type { Secrets } from '../domain/secret/secrets.ts';
import { formatTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { getAccount } from '../store/account-store.ts';
import type { Write } from '../store/database.ts';
import { insertPlanningTurn, type PlanningTurnUse } from '../store/planning-turn-store.ts';
import type { Store } from '../store/store.ts';
import { readCandidates } from './candidates.ts';
import { chargeAccount, priceForAccount, refuseAccount } from './charge-account.ts';
import { readCaps } from './claim-blocks.ts';

/** Who pays for planning turns: the same accounts, chosen the same way, as for runs. */
export interface PlannerAccounts {
  /** Null as the account: whoever the program is signed in as. `waits`: none is free, or the day's money is spent. */
  grant(turn: {
    readonly executor: string;
    readonly projectId: string;
    /** The account that has the session to go on with. */
    readonly keep: string | null;
  }): Promise<
    | { readonly account: AccountGrant | null; readonly waits: null }
    | { readonly account: null; readonly waits: Unfree }
  >;
  /** Counts what a turn used, in the transaction that forgets its process. `again`: another account may take it. */
  ended(
    write: Write,
    turn: Omit<
      PlanningTurnUse,
      'class' | 'tokensIn' | 'tokensOut' | 'tokensCached' | 'costMicroUsd' | 'costSource' | 'durationMs'
    >,
    ending: TurnEnding,
  ): { readonly id: number; readonly then: 'again' | 'over'; readonly costMicroUsd: number | null };
}

export function createPlannerAccounts(options: {
  store: Store;
  secrets: Pick<Secrets, 'get'>;
  prices: () => PriceTable;
  clock: Clock;
  log: Log;
}): PlannerAccounts {
  const { store, secrets, clock, log } = options;
  return {
    async grant({ executor, projectId, keep }) {
      for (;;) {
        const found = store.read((read) => {
          const at = formatTime(clock.now());
          const { all, projects } = readCaps(read, at);
          const capped = all ?? projects.get(projectId);
          if (capped) return { waits: capped };
          const candidates = readCandidates(read, at);
          const accounts = candidates.byExecutor.get(executor) ?? [];
          if (accounts.length === 0) return { waits: null, chosen: null };
          const { account, waits } = chooseAccount(accounts, { ...candidates, keep });
          return account === null ? { waits } : { waits: null, chosen: getAccount(read, account.id, at) };
        });
        if (found.waits !== null) return { account: null, waits: found.waits };
        const { chosen } = found;
        if (chosen === null) return { account: null, waits: null };
        const { id, label, home, baseUrl } = chosen;
        if (chosen.credentialRef === null || chosen.keyVariable === null)
          return { account: { id, label, home, baseUrl, env: {} }, waits: null };
        const key = await secrets.get(chosen.credentialRef);
        if (key.ok)
          return {
            account: { id, label, home, baseUrl, env: { [chosen.keyVariable]: key.value.reveal() } },
            waits: null,
          };
        log.warn('the key of an account cannot be read', { account: label, error: key.error.tag });
        store.write((write) => {
          refuseAccount(write, id, `Its key cannot be read: ${key.error.message}`);
        });
      }
    },
    ended(write, turn, ending) {
      const { account, costMicroUsd, source } = priceForAccount(
        write,
        { ...turn, requests: null, calls: [] },
        ending,
        options.prices(),
      );
      const id = insertPlanningTurn(write, {
        ...turn,
        accountId: account?.id ?? turn.accountId,
        model: ending.model ?? turn.model,
        class: ending.class,
        tokensIn: ending.tokensIn,
        tokensOut: ending.tokensOut,
        tokensCached: ending.tokensCached,
        costMicroUsd,
        costSource: source,
        durationMs: Math.round(ending.durationMs),
      });
      const then =
        account === null
          ? 'over'
          : chargeAccount(write, account, ending, {
              requests: turn.requests,
              costMicroUsd: costMicroUsd ?? 0,
            });
      return { id, then, costMicroUsd };
    },
  };
}
