import type { ShownAccount } from '../../preload/contract/account.ts';
import type { Account } from '../domain/account/account.ts';
import { whyUnfree } from '../domain/account/choose.ts';
import { readCandidates, type Candidates } from '../runtime/candidates.ts';
import { formatTime } from '../shared/clock.ts';
import { listAccounts, whenRefused } from '../store/account-store.ts';
import type { Read } from '../store/database.ts';
import { listWorkingOfAccount } from '../store/note-run-account.ts';

/** Accounts as every surface shows them. */
export function showAccounts(read: Read, now: string, executor?: string): ShownAccount[] {
  const candidates = readCandidates(read, now);
  return listAccounts(read, now, executor).map((account) => show(read, account, candidates));
}

function show(read: Read, account: Account, candidates: Candidates): ShownAccount {
  const { credentialRef, ...shown } = account;
  const candidate = candidates.byExecutor.get(account.executor)?.find(({ id }) => id === account.id);
  const waits = candidate ? whyUnfree(candidate, candidates.dayEndsAt) : null;
  return {
    ...shown,
    hasKey: credentialRef !== null,
    runs: listWorkingOfAccount(read, account.id),
    reserveNowPercent: Math.round((candidate?.reserve ?? 0) * 100),
    signedOutAt: account.status === 'error' ? whenRefused(read, account.id) : null,
    waits: waits && { why: waits.why, until: waits.until === null ? null : formatTime(waits.until) },
  };
}
