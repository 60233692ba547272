import type { InsightChart } from '../domain/insight/insight.ts';
import type { Read, Row } from './database.ts';
import { DAYS, daysOf, type InsightScope } from './insight-scope.ts';
import { int, text } from './row.ts';
import { namesOf } from './turn-use-store.ts';

const REST = '*';

/** Known cost of turns by day: the two goals that cost most, and everything else. Plans count as well; no run stands behind those. */
export function readCost(read: Read, scope: InsightScope): InsightChart {
  const rows = spent(read, scope, `IFNULL(spent.goal_id, '')`, 'IFNULL(spent.cost_micro_usd, 0)', true);
  const names = (keys: readonly string[]): Map<string, string> =>
    new Map([...namesOf(read, 'goal', keys), ['', 'No goal']]);
  return stacked(scope, rows, {
    measure: 'cost',
    unit: 'micro_usd',
    names,
    gone: 'A removed goal',
    rest: 'Other goals',
    note: '',
  });
}

/** Tokens that accounts were charged by day. */
export function readTokens(read: Read, scope: InsightScope, note: string): InsightChart {
  const rows = spent(read, scope, 'spent.account_id', 'spent.tokens_in + spent.tokens_out', false);
  return stacked(scope, rows, {
    measure: 'quota',
    unit: 'tokens',
    names: (keys) =>
      new Map([...namesOf(read, 'account', keys)].map(([id, name]) => [id, name.replace(/^[^:]*: /u, '')])),
    gone: 'A removed account',
    rest: 'Other accounts',
    note,
  });
}

function spent(read: Read, scope: InsightScope, key: string, value: string, plans: boolean): Row[] {
  const from = (table: string, runs: string): string =>
    `SELECT day.place, ${key} AS key, SUM(${value}) AS value, ${runs} AS runs FROM day CROSS JOIN ${table} AS spent
       ON spent.at >= day.since AND spent.at < day.until WHERE (:projectId IS NULL OR spent.project_id = :projectId)
       ${plans ? '' : 'AND spent.account_id IS NOT NULL'} GROUP BY 1, 2`;
  return read
    .prepare(
      `${DAYS} SELECT place, key, SUM(value) AS value, SUM(runs) AS runs FROM (${from('turn_use', 'COUNT(DISTINCT spent.run_id)')}${
        plans ? ` UNION ALL ${from('planning_turn', '0')}` : ''
      }) GROUP BY 1, 2`,
    )
    .all(daysOf(scope));
}

function stacked(
  { days }: InsightScope,
  rows: readonly Row[],
  chart: Pick<InsightChart, 'measure' | 'unit' | 'note'> & {
    names: (keys: readonly string[]) => ReadonlyMap<string, string>;
    gone: string;
    rest: string;
  },
): InsightChart {
  const totals = new Map<string, number>();
  for (const row of rows) {
    const key = text(row, 'key');
    totals.set(key, (totals.get(key) ?? 0) + int(row, 'value'));
  }
  const ranked = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
  const shown = ranked.length > 3 ? [...ranked.slice(0, 2), REST] : ranked;
  const names = chart.names(shown);
  const place = (key: string): number => (shown.includes(key) ? shown.indexOf(key) : shown.length - 1);
  const values = days.map(() => shown.map(() => 0));
  const runs = days.map(() => 0);
  for (const row of rows) {
    const day = int(row, 'place');
    const of = values[day];
    const at = place(text(row, 'key'));
    if (of) of[at] = (of[at] ?? 0) + int(row, 'value');
    // A run has one goal, and hardly more than one account: what is counted twice is found once in the list.
    runs[day] = (runs[day] ?? 0) + int(row, 'runs');
  }
  return {
    measure: chart.measure,
    unit: chart.unit,
    axis: 'days',
    basis: { count: runs.reduce((sum, count) => sum + count, 0), noun: 'run' },
    series: shown.map((key, index) => ({
      key,
      name: key === REST ? chart.rest : (names.get(key) ?? chart.gone),
      total: values.reduce((sum, of) => sum + (of[index] ?? 0), 0),
    })),
    points: days.map(({ date, from, to }, day) => ({
      key: date,
      name: date,
      from,
      to,
      runs: runs[day] ?? 0,
      values: values[day] ?? [],
    })),
    note: chart.note,
  };
}
