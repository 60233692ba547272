import { parseTime } from '../../client/clock.ts';
import { startOfDay } from '../run/day-label.ts';
import type { IntentDetail, IntentFilter, IntentList, IntentRow } from './intent-types.ts';

export const filters: readonly IntentFilter[] = ['all', 'enabled', 'paused', 'today'];
const day = 86_400_000;

/** Nothing more comes of it by its trigger. */
export function isOver({ status }: Pick<IntentRow, 'status'>): boolean {
  return status === 'completed' || status === 'cancelled';
}

/** `now` in milliseconds since 1970; today is the reader's own. */
export function fits(row: IntentRow, filter: IntentFilter, now: number): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'enabled':
      return row.enabled && !isOver(row);
    case 'paused':
      return !row.enabled && !isOver(row);
    case 'today':
      return row.nextDueAt !== null && parseTime(row.nextDueAt) < startOfDay(now) + day;
  }
}

/** The list with what a command answered about one of its rows. */
export function withDetail(
  list: IntentList,
  { intent, schedule, activeRun, lastRun }: IntentDetail,
): IntentList {
  const [next] = schedule.next;
  const fresh = (row: IntentRow): IntentRow => ({
    ...row,
    version: intent.version,
    status: intent.status,
    enabled: intent.enabled,
    nextDueAt: intent.nextDueAt,
    nextLocal: next && next.at === intent.nextDueAt ? next.local : row.nextLocal,
    activeRun,
    lastRun,
  });
  return { ...list, rows: list.rows.map((row) => (row.id === intent.id ? fresh(row) : row)) };
}
