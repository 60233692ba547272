import type { TurnEnding } from '../agents/runner.ts';
import type { Account } from '../domain/account/account.ts';
import { chooseAccount, type Unfree } from '../domain/account/choose.ts';
import { cooldownUntil } from '../domain/account/cooldown.ts';
import type { PriceTable } from '../domain/cost/price-table.ts';
import { priceTurn } from '../domain/cost/price-turn.ts';
import type { Secrets } from '../domain/secret/secrets.ts';
import { formatTime, parseTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { ok } from '../shared/result.ts';
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
import { getRunPayer, noteRunAccount } from '../store/note-run-account.ts';
import { findChild } from '../store/run-child-store.ts';
import type { Store } from '../store/store.ts';
import { countRequests, findSessionHolder, insertTurnUse } from '../store/turn-use-store.ts';
import { readCandidates } from './candidates.ts';
import { readCaps } from './claim-blocks.ts';
import type { Accounts, EndedTurn, Granted, TurnRef } from './ports.ts';

/** How a program is named as an account when it told of limits before its owner added any. */
const OWN_SIGN_IN = 'Own sign-in';
/** How often a stage looks again for an account that only its owner can bring back. */
const LOOK_AGAIN_MS = 600_000;

/**
 * Accounts of executors: which one takes a turn, and what a turn's ending makes of it.
 *
 * - An executor without accounts works as whoever its program is signed in as. One whose program tells of limits gets an account for that
 *   sign-in, so that its runs wait for the window instead of failing.
 * - A choice is made again before each turn; the run says which account it was. Nothing is reserved: two runs may share an account.
 * - What a turn used, what it cost, and what became of its account is one transaction with the turn's ending.
 */
export function createAccounts(options: {
  store: Store;
  secrets: Pick<Secrets, 'get'>;
  prices: () => PriceTable;
  clock: Clock;
  log: Log;
}): Accounts {
  const { store, secrets, clock, log } = options;

  return {
    async grant(turn) {
      for (;;) {
        const found = store.write((write) => choose(write, turn));
        if (!('chosen' in found)) return ok(found);
        const { chosen, session } = found;
        const { id, label, home } = chosen;
        if (chosen.credentialRef === null || chosen.keyVariable === null)
          return ok({ account: { id, label, home, env: {} }, session, waits: null });
        const key = await secrets.get(chosen.credentialRef);
        if (key.ok) {
          const env = { [chosen.keyVariable]: key.value.reveal() };
          return ok({ account: { id, label, home, env }, session, waits: null });
        }
        log.warn('the key of an account cannot be read', { account: label, error: key.error.tag });
        store.write((write) => {
          refuse(write, id, `Its key cannot be read: ${key.error.message}`);
        });
      }
    },
    ended: (write, turn, ending) => settle(write, turn, ending, options.prices()),
  };

  function choose(
    write: Write,
    turn: TurnRef & { sessionId: string | null },
  ): Granted | { chosen: Account; session: 'same' | 'new' } {
    const payer = getRunPayer(write, turn.runId);
    const { all, projects } = readCaps(write, write.now);
    const capped = all ?? projects.get(payer.projectId);
    if (capped) return waitFor(capped, false);
    const candidates = readCandidates(write, write.now, turn.runId);
    const accounts = candidates.byExecutor.get(turn.executor) ?? [];
    if (accounts.length === 0) return { account: null, session: 'same', waits: null };
    const holder = turn.sessionId === null ? null : findSessionHolder(write, turn.runId, turn.sessionId);
    const own = turn.executor === payer.executor;
    const { account, waits } = chooseAccount(accounts, {
      ...candidates,
      keep: holder?.accountId ?? (own ? payer.accountId : null),
    });
    // What its run waits for is looked at before it is claimed; what a stage of another executor waits for is not.
    if (account === null) return waitFor(waits, !own);
    if (own && payer.accountId !== account.id) noteRunAccount(write, turn.runId, account.id);
    const chosen = getAccount(write, account.id, write.now);
    const lost = holder !== null && holder.home !== chosen.home;
    return { chosen, session: lost ? 'new' : 'same' };
  }

  function waitFor(waits: Unfree, timed: boolean): Granted {
    const at = waits.until ?? clock.now() + LOOK_AGAIN_MS;
    return { waits, notBefore: timed ? formatTime(at) : null };
  }
}

/** An account that cannot sign in is used no more until its owner has mended it. */
function refuse(write: Write, id: string, error: string): void {
  const { status } = getAccount(write, id, write.now);
  if (status === 'active' || status === 'rate_limited')
    transitionAccount(write, id, 'refuse', 'runtime', { error: error.slice(0, 500) });
}

function settle(
  write: Write,
  turn: EndedTurn,
  ending: TurnEnding,
  prices: PriceTable,
): { then: 'again' | 'over'; costMicroUsd: number } {
  const payer = getRunPayer(write, turn.runId);
  const accountId = findChild(write, turn)?.accountId ?? null;
  const known = accountId === null ? null : findAccount(write, accountId, write.now);
  const account = known ?? (accountId === null ? ownSignIn(write, turn.executor, ending) : null);
  const { costMicroUsd, source } = priceTurn(
    prices,
    {
      ...ending,
      model: ending.model ?? turn.model,
      told: ending.costMicroUsd,
      worked: turn.executor !== 'shell' && ending.class === 'ok',
    },
    account?.billing ?? null,
  );
  const requests = countRequests(write, turn.runId, turn.step);
  insertTurnUse(write, {
    ...ending,
    runId: turn.runId,
    attempt: turn.attempt,
    step: turn.step,
    stage: turn.stage,
    intentId: payer.intentId,
    projectId: payer.projectId,
    goalId: payer.goalId,
    executor: turn.executor,
    accountId: account?.id ?? accountId,
    home: account?.home ?? null,
    model: ending.model ?? turn.model,
    requests,
    costMicroUsd,
    costSource: source,
    durationMs: Math.round(ending.durationMs),
  });
  const spent = costMicroUsd ?? 0;
  if (account === null) return { then: 'over', costMicroUsd: spent };
  countInWindows(
    write,
    account.id,
    account.quotas,
    {
      tokens: ending.tokensIn + ending.tokensOut,
      requests,
      costMicroUsd: spent,
      beganAt: parseTime(write.now) - ending.durationMs,
    },
    ending.windows,
  );
  noteAccountUsed(write, account.id, failedBy(ending));
  announceAccount(write, account.id);
  if (turn.executor === payer.executor && payer.accountId !== account.id)
    noteRunAccount(write, turn.runId, account.id);
  return { then: blame(write, account.id, ending), costMicroUsd: spent };
}

/** Whether an ending is the account's failure; null: it says nothing of the account. */
function failedBy({ class: classified }: TurnEnding): boolean | null {
  if (classified === 'ok' || classified === 'turn_limit') return false;
  return classified === 'rate_limited' || classified === 'auth' || classified === 'network' ? true : null;
}

function blame(write: Write, id: string, ending: TurnEnding): 'again' | 'over' {
  if (ending.class === 'auth') {
    refuse(write, id, ending.message.trim().split('\n').at(-1) || 'The sign-in was refused.');
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
      quotas: [],
      reservePercent: null,
    },
    'runtime',
  );
}
