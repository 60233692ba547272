import type { Account } from '../domain/account/account.ts';
import type { Candidate } from '../domain/account/choose.ts';
import { nightAt, type Night } from '../domain/account/night.ts';
import { parseTime } from '../shared/clock.ts';
import { listAccounts } from '../store/account-store.ts';
import { ownerZone } from '../store/account-window-store.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { countWorkingOfAccounts } from '../store/note-run-account.ts';

export interface Candidates {
  readonly now: number;
  readonly night: boolean;
  /** When the reserve of the day is let go. */
  readonly dayEndsAt: number;
  readonly byExecutor: ReadonlyMap<string, readonly Candidate[]>;
}

/** Every account as a choice sees it at this moment, by executor; `exceptRunId` does not count as at work. */
export function readCandidates(read: Read, iso: string, exceptRunId = ''): Candidates {
  const now = parseTime(iso);
  const { night, changesAt } = nightAt(readNight(read), now);
  const setting = Number(readFlag(read, 'plan.day_reserve_percent'));
  const most = Number(readFlag(read, 'runtime.max_runs_per_account')) || Infinity;
  const working = countWorkingOfAccounts(read, exceptRunId);
  const byExecutor = new Map<string, Candidate[]>();
  for (const account of listAccounts(read, iso)) {
    const candidate = {
      ...account,
      reserve: night ? 0 : reserveOf(account, setting),
      busy: (working.get(account.id) ?? 0) >= most,
    };
    byExecutor.set(account.executor, [...(byExecutor.get(account.executor) ?? []), candidate]);
  }
  return { now, night, dayEndsAt: changesAt, byExecutor };
}

export function readNight(read: Read): Night {
  return {
    from: readFlag(read, 'plan.night_from'),
    to: readFlag(read, 'plan.night_to'),
    zone: ownerZone(read),
  };
}

/** Part of each window, 0 to 1, that is the owner's by day. What is paid by use has none unless it was given one. */
export function reserveOf(
  { reservePercent, billing }: Pick<Account, 'reservePercent' | 'billing'>,
  setting: number,
): number {
  return (reservePercent ?? (billing === 'plan' ? setting : 0)) / 100;
}
