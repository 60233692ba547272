import { chooseAccount, type Unfree } from '../domain/account/choose.ts';
import { calendarBounds } from '../domain/account/quota.ts';
import { dollars } from '../domain/cost/cost-state.ts';
import { AUTO } from '../domain/run/task-type.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { nextCooldownEnd } from '../store/account-store.ts';
import { ownerZone } from '../store/account-window-store.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { listQueuedExecutors } from '../store/note-run-account.ts';
import { listProjectCaps } from '../store/project-cap-store.ts';
import { costBetween } from '../store/turn-use-store.ts';
import { readCandidates } from './candidates.ts';

/**
 * What keeps queued runs from being claimed besides the limits on how many work: accounts that are not free, and daily caps that are spent.
 * It is read from what stands in the store, never kept: so nothing has to be undone when an account is back, also by another host.
 */
export interface ClaimBlocks {
  /** Nothing starts. */
  readonly all: Unfree | null;
  readonly projects: ReadonlyMap<string, Unfree>;
  readonly executors: ReadonlyMap<string, Unfree>;
}

export function readClaimBlocks(read: Read, iso: string): ClaimBlocks {
  const candidates = readCandidates(read, iso);
  const executors = new Map<string, Unfree>();
  for (const [executor, accounts] of candidates.byExecutor) {
    const { waits } = chooseAccount(accounts, { ...candidates, keep: null });
    if (waits !== null) executors.set(executor, waits);
  }
  return { ...readCaps(read, iso), executors };
}

/** One daily cap with what was spent of it. */
export interface Cap {
  /** Empty: the cap of everything. */
  readonly projectId: string;
  readonly name: string;
  readonly capMicroUsd: number;
  readonly spentMicroUsd: number;
  readonly since: string;
  /** When the next day begins. */
  readonly resetsAt: string;
}

export function listCaps(read: Read, iso: string): Cap[] {
  const all = Math.round(Number(readFlag(read, 'cost.daily_cap_usd')) * 1_000_000);
  const capped = listProjectCaps(read);
  if (all === 0 && capped.length === 0) return [];
  const { from, to } = calendarBounds('day', parseTime(iso), {
    zone: ownerZone(read),
    at: '00:00',
    weekday: 1,
  });
  const [since, until] = [formatTime(from), formatTime(to)];
  const spent = (projectId: string | null): number => costBetween(read, since, until, projectId);
  return [
    ...(all === 0
      ? []
      : [{ projectId: '', name: '', capMicroUsd: all, spentMicroUsd: spent(null), since, resetsAt: until }]),
    ...capped.map((cap) => ({ ...cap, spentMicroUsd: spent(cap.projectId), since, resetsAt: until })),
  ];
}

export function readCaps(read: Read, iso: string): Pick<ClaimBlocks, 'all' | 'projects'> {
  const spent = listCaps(read, iso).filter((cap) => cap.spentMicroUsd >= cap.capMicroUsd);
  const unfree = ({ name, capMicroUsd, resetsAt }: Cap): Unfree => ({
    why: `The daily cap of ${dollars(capMicroUsd)}${name === '' ? '' : ` for ${name}`} is spent.`,
    until: parseTime(resetsAt),
  });
  const all = spent.find(({ projectId }) => projectId === '');
  return {
    all: all ? unfree(all) : null,
    projects: new Map(
      spent.filter(({ projectId }) => projectId !== '').map((cap) => [cap.projectId, unfree(cap)]),
    ),
  };
}

/** When the next of what blocks is over, ISO; null when nothing is, or nothing waits for it. */
export function nextAccountTime(read: Read, iso: string): string | null {
  const times = [nextCooldownEnd(read)];
  const waiting = new Set(listQueuedExecutors(read));
  if (waiting.size > 0) {
    const { all, projects, executors } = readClaimBlocks(read, iso);
    const blocks = [
      ...(all ? [all] : []),
      ...projects.values(),
      ...[...executors].filter(([name]) => waiting.has(name) || waiting.has(AUTO)).map(([, block]) => block),
    ];
    times.push(...blocks.map(({ until }) => (until === null ? null : formatTime(until))));
  }
  return times.reduce(
    (first, time) => (first === null || (time !== null && time < first) ? time : first),
    null,
  );
}
