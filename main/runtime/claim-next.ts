import { chooseAccount } from '../domain/account/choose.ts';
import { AUTO } from '../domain/run/task-type.ts';
import { listFirstAutoRuns, setRunExecutor } from '../store/auto-run-store.ts';
import type { Write } from '../store/database.ts';
import { getRunPayer, noteRunAccount } from '../store/note-run-account.ts';
import { claimRun } from '../store/run-claim-store.ts';
import { findSessionHolder } from '../store/turn-use-store.ts';
import { readAutoExecutor } from './auto-executor.ts';
import { readCandidates } from './candidates.ts';
import { readClaimBlocks, type ClaimBlocks } from './claim-blocks.ts';

/** Claims the next queued run that may start, with an account for it in the same transaction. Gives its id; null when none may. */
export function claimNext(write: Write, leaseUntil: string, except: readonly string[]): string | null {
  // Read for each: the one before may have taken the last place of an account.
  const { all, projects, executors } = readClaimBlocks(write, write.now);
  if (all !== null) return null;
  const tried = giveExecutors(write, executors, except);
  const run = claimRun(
    write,
    leaseUntil,
    except,
    { projects: [...projects.keys()], executors: [...executors.keys(), AUTO] },
    tried.reasons,
  );
  tried.takeBack(run?.id ?? null);
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

/**
 * Gives the runs that are next of those without an executor the one they would be taken with, so that the one statement that claims sees
 * them beside all others and by the same limits. What is not claimed is given back: a choice holds for the run that begins with it.
 */
function giveExecutors(
  write: Write,
  blocks: ClaimBlocks['executors'],
  except: readonly string[],
): { readonly reasons: ReadonlyMap<string, string>; takeBack(claimed: string | null): void } {
  const reasons = new Map<string, string>();
  const runs = listFirstAutoRuns(write, except);
  const choose = runs.length > 0 ? readAutoExecutor(write, blocks) : null;
  const given = runs.filter((run) => {
    const choice = choose?.(run.taskType);
    if (!choice || choice.waits !== null) return false;
    setRunExecutor(write, run, choice);
    reasons.set(run.id, choice.why);
    return true;
  });
  return {
    reasons,
    takeBack(claimed) {
      for (const run of given) if (run.id !== claimed) setRunExecutor(write, run, null);
    },
  };
}
