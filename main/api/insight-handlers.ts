import { insightMeasure, type InsightChart, type InsightMeasure } from '../domain/insight/insight.ts';
import { lastDays } from '../domain/insight/local-days.ts';
import { parseTime } from '../shared/clock.ts';
import { ok } from '../shared/result.ts';
import { listAccounts } from '../store/account-store.ts';
import { ownerZone } from '../store/account-window-store.ts';
import type { Read } from '../store/database.ts';
import { readApproval, readWait } from '../store/insight-decision-store.ts';
import {
  readApplied,
  readChangeCost,
  readDurations,
  readRework,
  readSuccess,
  readThroughput,
} from '../store/insight-run-store.ts';
import type { InsightScope } from '../store/insight-scope.ts';
import { readQuota } from '../store/insight-quota-store.ts';
import { readCost } from '../store/insight-spend-store.ts';
import { readTicks } from '../store/tick-hour-store.ts';
import { getProject } from '../store/project-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

export function insightHandlers({ store, clock }: ApiOptions): Pick<Handlers, 'insights.get'> {
  const readers: Record<InsightMeasure, (read: Read, scope: InsightScope) => InsightChart> = {
    applied: readApplied,
    wait: readWait,
    success: readSuccess,
    rework: readRework,
    change_cost: readChangeCost,
    cost: readCost,
    quota: (read, scope) => readQuota(read, scope, fullestWindow(read, clock.iso())),
    throughput: readThroughput,
    duration: readDurations,
    approval: readApproval,
    tick: readTicks,
  };
  return {
    'insights.get': ({ days, projectId, measures }) =>
      store.read((read) => {
        if (projectId !== undefined) getProject(read, projectId);
        const zone = ownerZone(read);
        const scope: InsightScope = {
          days: lastDays(clock.now(), days, zone),
          projectId: projectId ?? null,
        };
        return ok({
          zone,
          from: scope.days[0]?.from ?? clock.iso(),
          to: scope.days.at(-1)?.to ?? clock.iso(),
          charts: (measures ?? insightMeasure.values).map((measure) => readers[measure](read, scope)),
        });
      }),
  };
}

/** The account whose window is fullest now, in words; empty where no window has a known size. */
function fullestWindow(read: Read, now: string): string {
  const windows = listAccounts(read, now).flatMap(({ label, windows: own }) =>
    own.flatMap(({ name, used, endsAt }) => (used === null ? [] : [{ label, name, used, endsAt }])),
  );
  const [fullest] = windows
    .filter(({ endsAt }) => endsAt === null || parseTime(endsAt) > parseTime(now))
    .sort((a, b) => b.used - a.used);
  return fullest === undefined
    ? ''
    : `Fullest window now: ${fullest.label}, ${fullest.name}, ${String(Math.round(fullest.used * 100))} %.`;
}
