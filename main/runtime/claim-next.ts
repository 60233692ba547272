import { chooseAccount } from '../domain/account/choose.ts';
import type { Write } from '../store/database.ts';
import { getRunPayer, noteRunAccount } from '../store/note-run-account.ts';
import { claimRun } from '../store/run-claim-store.ts';
import { findSessionHolder } from '../store/turn-use-store.ts';
import { readCandidates } from './candidates.ts';
import { readClaimBlocks } from './claim-blocks.ts';

/** Claims the next queued run that may start, with an account for it in the same transaction. Gives its id; null when none may. */
export function claimNext(write: Write, leaseUntil: string, except: readonly string[]): string | null {
  // Read for each: the one before may have taken the last place of an account.
  const { all, projects, executors } = readClaimBlocks(write, write.now);
  if (all !== null) return null;
  const run = claimRun(write, leaseUntil, except, {
    projects: [...projects.keys()],
    executors: [...executors.keys()],
  });
  if (run === null) return null;
  const { executor, sessionId } = getRunPayer(write, run.id);
  const candidates = readCandidates(write, write.now, run.id);
  const accounts = candidates.byExecutor.get(executor) ?? [];
  if (accounts.length > 0) {
    const keep = sessionId === null ? null : (findSessionHolder(write, run.id, sessionId)?.accountId ?? null);
    const { account } = chooseAccount(accounts, { ...candidates, keep });
    noteRunAccount(write, run.id, account?.id ?? null);
  }
  return run.id;
}
