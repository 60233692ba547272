import type { InsightChart } from '../domain/insight/insight.ts';
import { windowWords } from '../domain/account/window-words.ts';
import type { Read } from './database.ts';
import { DAYS, dayPoints, daysOf, sumOf, type InsightScope } from './insight-scope.ts';
import { readTokens } from './insight-spend-store.ts';
import { int, text } from './row.ts';

/**
 * How full the windows of accounts were: the highest share of each day, of the three that came nearest to their end. Where no window has
 * a known size, or one project is asked for, which has no share of a window: the tokens that accounts were charged.
 */
export function readQuota(read: Read, scope: InsightScope, fullest: string): InsightChart {
  const rows = scope.projectId === null ? shares(read, scope) : [];
  if (rows.length === 0)
    return readTokens(read, scope, scope.projectId === null ? fullest : 'Windows belong to no project.');
  const most = new Map<string, number>();
  for (const { name, used } of rows) most.set(name, Math.max(most.get(name) ?? 0, used));
  const shown = [...most].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 3);
  const used = new Map(rows.map((row) => [`${String(row.place)} ${row.name}`, row.used]));
  const runs = runsByDay(read, scope);
  const left = most.size - shown.length;
  return {
    measure: 'quota',
    unit: 'share',
    axis: 'days',
    basis: { count: sumOf(runs, 'runs'), noun: 'run' },
    series: shown.map(([name, total]) => ({ key: name, name, total })),
    points: dayPoints(scope, runs, () => []).map((point, place) => ({
      ...point,
      values: shown.map(([name]) => used.get(`${String(place)} ${name}`) ?? null),
    })),
    note: `The highest share of each day.${left > 0 ? ` The ${String(shown.length)} fullest of ${String(most.size)} windows.` : ''}`,
  };
}

/** What each window came to on each day with use in it; one that was told and set under one name counts once. */
function shares(
  read: Read,
  scope: InsightScope,
): { readonly place: number; readonly name: string; readonly used: number }[] {
  const { days } = daysOf(scope);
  return read
    .prepare(
      `${DAYS} SELECT day.place, account.label, kept.name, MAX(kept.used) AS used
       FROM day CROSS JOIN account_window_hour AS kept ON kept.hour >= day.since AND kept.hour < day.until
       JOIN executor_account AS account ON account.id = kept.account_id GROUP BY 1, 2, 3`,
    )
    .all({ days })
    .map((row) => ({
      place: int(row, 'place'),
      name: `${text(row, 'label')} ${windowWords(text(row, 'name'))}`,
      // What went beyond is full all the same.
      used: Math.min(1, Number(row['used'])),
    }));
}

function runsByDay(read: Read, scope: InsightScope) {
  return read
    .prepare(
      `${DAYS} SELECT day.place, COUNT(DISTINCT spent.run_id) AS runs FROM day CROSS JOIN turn_use AS spent
       ON spent.at >= day.since AND spent.at < day.until WHERE spent.account_id IS NOT NULL GROUP BY 1`,
    )
    .all({ days: daysOf(scope).days });
}
