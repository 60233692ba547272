import type { TurnEnding } from '../agents/runner.ts';
import type { Account } from '../domain/account/account.ts';
import { chooseAccount, type Unfree } from '../domain/account/choose.ts';
import type { PriceTable } from '../domain/cost/price-table.ts';
import type { Secrets } from '../domain/secret/secrets.ts';
import { formatTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { ok } from '../shared/result.ts';
import { getAccount } from '../store/account-store.ts';
import type { Write } from '../store/database.ts';
import { getRunPayer, noteRunAccount } from '../store/note-run-account.ts';
import { findChild } from '../store/run-child-store.ts';
import type { Store } from '../store/store.ts';
import {
  countRequests,
  countToolCalls,
  findSessionHolder,
  insertTurnUse,
  listCalls,
} from '../store/turn-use-store.ts';
import { readCandidates } from './candidates.ts';
import { chargeAccount, priceForAccount, refuseAccount } from './charge-account.ts';
import { readCaps } from './claim-blocks.ts';
import type { Accounts, EndedTurn, Granted, TurnRef } from './ports.ts';

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
        const { id, label, home, baseUrl } = chosen;
        if (chosen.credentialRef === null || chosen.keyVariable === null)
          return ok({ account: { id, label, home, baseUrl, env: {} }, session, waits: null });
        const key = await secrets.get(chosen.credentialRef);
        if (key.ok) {
          const env = { [chosen.keyVariable]: key.value.reveal() };
          return ok({ account: { id, label, home, baseUrl, env }, session, waits: null });
        }
        log.warn('the key of an account cannot be read', { account: label, error: key.error.tag });
        store.write((write) => {
          refuseAccount(write, id, `Its key cannot be read: ${key.error.message}`);
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

function settle(
  write: Write,
  turn: EndedTurn,
  ending: TurnEnding,
  prices: PriceTable,
): { then: 'again' | 'over'; costMicroUsd: number } {
  const payer = getRunPayer(write, turn.runId);
  const accountId = findChild(write, turn)?.accountId ?? null;
  const requests = countRequests(write, turn);
  const asked = Math.max(requests, countToolCalls(write, turn) + 1);
  const calls = listCalls(write, turn);
  const paid = { ...turn, accountId, requests: asked, calls };
  const { account, costMicroUsd, source } = priceForAccount(write, paid, ending, prices);
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
  const then = chargeAccount(write, account, ending, { requests, costMicroUsd: spent });
  if (turn.executor === payer.executor && payer.accountId !== account.id)
    noteRunAccount(write, turn.runId, account.id);
  return { then, costMicroUsd: spent };
}
