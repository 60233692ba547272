import type { Account, AccountWindow } from '../domain/account/account.ts';
import { fitNight, nightOf, type PlanAccount, type PlanWindow } from '../domain/account/fit-night.ts';
import { createForecaster } from '../domain/account/forecast.ts';
import type { NightPlan, PlannedWork } from '../domain/account/night-plan.ts';
import { lengthOf } from '../domain/account/quota.ts';
import { AUTO } from '../domain/run/task-type.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { listAccounts } from '../store/account-store.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { listNightWork } from '../store/night-work-store.ts';
import { listAttemptUse } from '../store/turn-use-store.ts';
import { readAutoExecutor } from './auto-executor.ts';
import { readNight, reserveOf } from './candidates.ts';
import { listCaps } from './claim-blocks.ts';

/** How far back, and how many attempts, a forecast looks. */
const PAST_MS = 180 * 86_400_000;
const MOST_PAST = 5_000;
/** So much work is planned; what stands behind it in the queue would hardly fit a night. */
const MOST_WORK = 2_000;
const HOUR_MS = 3_600_000;

/** The plan of this night, or of the next when it is day: made anew from what stands in the store, and changed by nothing but that. */
export function planNight(read: Read, iso: string): NightPlan {
  const now = parseTime(iso);
  const night = readNight(read);
  const setting = Number(readFlag(read, 'plan.day_reserve_percent'));
  const accounts = listAccounts(read, iso);
  const forecast = createForecaster(listAttemptUse(read, formatTime(now - PAST_MS), MOST_PAST));
  const { to } = nightOf(night, now);
  // By night accounts come back: what would be chosen were none of them held up.
  const choose = readAutoExecutor(read, new Map());
  const work = listNightWork(read, formatTime(to), MOST_WORK).map((it) => {
    const executor = it.executor === AUTO ? (choose(it.taskType).executor ?? AUTO) : it.executor;
    return {
      ...it,
      executor,
      notBefore: it.notBefore === null ? null : parseTime(it.notBefore),
      forecast: forecast({ ...it, executor }),
    };
  });
  const most = Number(readFlag(read, 'runtime.max_concurrent_runs'));
  const plan = fitNight({
    now,
    night,
    work,
    accounts: accounts.map((account) => planned(account, reserveOf(account, setting), now)),
    most: { all: most, account: Number(readFlag(read, 'runtime.max_runs_per_account')) || most },
    caps: listCaps(read, iso)
      .filter(({ projectId }) => projectId === '')
      .flatMap(({ resetsAt, capMicroUsd, spentMicroUsd }) => [
        { until: parseTime(resetsAt), leftMicroUsd: Math.max(0, capMicroUsd - spentMicroUsd) },
        { until: parseTime(resetsAt) + 24 * HOUR_MS, leftMicroUsd: capMicroUsd },
      ]),
  });
  const shown = (it: (typeof work)[number]): PlannedWork => {
    const { runId, number, intentId, name, projectName, executor, priority } = it;
    return { runId, number, intentId, name, projectName, executor, priority, forecast: it.forecast };
  };
  return {
    madeAt: iso,
    nightFrom: formatTime(plan.from),
    nightTo: formatTime(plan.to),
    zone: night.zone,
    fits: plan.fits.map(({ work: it, accountId, startsAt, endsAt, windowAfter, assumed }) => ({
      ...shown(it),
      accountId,
      startsAt: formatTime(startsAt),
      endsAt: formatTime(endsAt),
      windowAfter,
      assumed,
    })),
    leftOut: plan.leftOut.map(({ work: it, why }) => ({ ...shown(it), why })),
    accounts: accounts.map(({ id, label, executor }) => ({ id, label, executor })),
  };
}

function planned(account: Account, reserve: number, now: number): PlanAccount {
  const { id, label, executor, place, status, cooldownUntil, windows, quotas } = account;
  const back = cooldownUntil === null ? null : parseTime(cooldownUntil);
  return {
    id,
    label,
    executor,
    place,
    usable: status === 'active' || status === 'rate_limited',
    backAt: status === 'rate_limited' && back !== null && back > now ? back : null,
    reserve,
    windows: windows.map((window) => {
      const quota = quotas.find(({ name }) => window.source === 'set' && name === window.name);
      return windowOf(window, quota ? lengthOf(quota) : toldLength(window, now));
    }),
  };
}

function windowOf(
  { name, used, endsAt, limits, capacityTokens }: AccountWindow,
  lengthMs: number,
): PlanWindow {
  return {
    name,
    tokens: limits === null ? capacityTokens : limits.tokens,
    requests: limits?.requests ?? null,
    costMicroUsd: limits?.costMicroUsd ?? null,
    used,
    endsAt: endsAt === null ? null : parseTime(endsAt),
    lengthMs,
  };
}

/** How long a told window lasts: nobody tells, but names do, and what ends days from now lasts a week. */
function toldLength({ name, endsAt }: AccountWindow, now: number): number {
  const week = /week|seven_day|7d/u.test(name) || (endsAt !== null && parseTime(endsAt) - now > 24 * HOUR_MS);
  return (week ? 7 * 24 : 5) * HOUR_MS;
}
