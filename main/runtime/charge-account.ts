import type { TurnEnding } from '../agents/runner.ts';
import type { Account } from '../domain/account/account.ts';
import { cooldownUntil } from '../domain/account/cooldown.ts';
import type { CostSource } from '../domain/cost/cost-state.ts';
import type { PriceTable } from '../domain/cost/price-table.ts';
import { priceTurn, type TurnCalls } from '../domain/cost/price-turn.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import {
  announceAccount,
  extendCooldown,
  findAccount,
  getAccount,
  hasAccounts,
  insertAccount,
  noteAccountUsed,
  transitionAccount,
} from '../store/account-store.ts';
import { countInWindows } from '../store/account-window-store.ts';
import type { Write } from '../store/database.ts';

/** How a program is named as an account when it told of limits before its owner added any. */
const OWN_SIGN_IN = 'Own sign-in';

/** Who paid for a turn, and what it cost as far as that is money and known. */
export function priceForAccount(
  write: Write,
  turn: {
    readonly executor: string;
    readonly model: string | null;
    readonly accountId: string | null;
  } & TurnCalls,
  ending: TurnEnding,
  prices: PriceTable,
): { account: Account | null; costMicroUsd: number | null; source: CostSource } {
  const { accountId } = turn;
  const known = accountId === null ? null : findAccount(write, accountId, write.now);
  const account = known ?? (accountId === null ? ownSignIn(write, turn.executor, ending) : null);
  const { costMicroUsd, source } = priceTurn(
    prices,
    {
      ...ending,
      model: ending.model ?? turn.model,
      told: ending.costMicroUsd,
      requests: turn.requests,
      calls: turn.calls,
      worked: turn.executor !== 'shell' && ending.class === 'ok',
    },
    account?.billing ?? null,
  );
  return { account, costMicroUsd, source };
}

/** Counts a turn in the windows of its account, and lets that cool down or go. `again`: another account may take the turn. */
export function chargeAccount(
  write: Write,
  account: Account,
  ending: TurnEnding,
  used: { readonly requests: number; readonly costMicroUsd: number },
): 'again' | 'over' {
  countInWindows(
    write,
    account.id,
    account.quotas,
    {
      tokens: ending.tokensIn + ending.tokensOut,
      ...used,
      beganAt: parseTime(write.now) - ending.durationMs,
    },
    ending.windows,
  );
  noteAccountUsed(write, account.id, failedBy(ending));
  announceAccount(write, account.id);
  return blame(write, account.id, ending);
}

/** An account that cannot sign in is used no more until its owner has mended it. */
export function refuseAccount(write: Write, id: string, error: string): void {
  const { status } = getAccount(write, id, write.now);
  if (status === 'active' || status === 'rate_limited')
    transitionAccount(write, id, 'refuse', 'runtime', { error: error.slice(0, 500) });
}

/** Whether an ending is the account's failure; null: it says nothing of the account. */
function failedBy({ class: classified }: TurnEnding): boolean | null {
  if (classified === 'ok' || classified === 'turn_limit') return false;
  return classified === 'rate_limited' || classified === 'auth' || classified === 'network' ? true : null;
}

function blame(write: Write, id: string, ending: TurnEnding): 'again' | 'over' {
  if (ending.class === 'auth') {
    refuseAccount(write, id, ending.message.trim().split('\n').at(-1) || 'The sign-in was refused.');
    return 'again';
  }
  if (ending.class !== 'rate_limited') return 'over';
  const { status, consecutiveFailures } = getAccount(write, id, write.now);
  const told = ending.resetsAt === null ? null : parseTime(ending.resetsAt);
  const until = formatTime(cooldownUntil(parseTime(write.now), told, consecutiveFailures));
  if (status === 'active') transitionAccount(write, id, 'limit', 'runtime', { cooldownUntil: until });
  else if (status === 'rate_limited') extendCooldown(write, id, until);
  return 'again';
}

/** The account of a program that tells of limits, and whose owner has added none. */
function ownSignIn(write: Write, executor: string, ending: TurnEnding): Account | null {
  const tells = ending.class === 'rate_limited' || ending.windows.length > 0;
  if (!tells || executor === 'shell' || hasAccounts(write, executor)) return null;
  return insertAccount(
    write,
    {
      executor,
      label: OWN_SIGN_IN,
      kind: 'program',
      // Windows are told of subscriptions alone.
      billing: ending.windows.length > 0 ? 'plan' : 'use',
      home: null,
      credentialRef: null,
      keyVariable: null,
      baseUrl: null,
      quotas: [],
      reservePercent: null,
    },
    'runtime',
  );
}
