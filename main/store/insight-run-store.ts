import type { InsightChart } from '../domain/insight/insight.ts';
import { ascending, quantile } from '../domain/insight/quantile.ts';
import type { Read, Row } from './database.ts';
import {
  DAYS,
  dayPoints,
  daysOf,
  RUN_PROJECT,
  share,
  spanOf,
  sumOf,
  type InsightScope,
} from './insight-scope.ts';
import { int, text } from './row.ts';

/** So many executors are shown; a chart with more is not read. */
const MOST_EXECUTORS = 6;
/** A run that took more than one go: tried again, sent back, or taken out again after it was applied. */
export const REWORKED =
  '(run.retry_of_run_id IS NOT NULL OR run.step_base > 0 OR run.rolled_back_at IS NOT NULL)';
const ENDED_IN_DAY = `day CROSS JOIN run INDEXED BY run_ended ON run.ended_at >= day.since AND run.ended_at < day.until WHERE ${RUN_PROJECT}`;

const value = (row: Row | undefined, column: string): number => (row ? int(row, column) : 0);
const runs = (count: number): InsightChart['basis'] => ({ count, noun: 'run' });

export function readApplied(read: Read, scope: InsightScope): InsightChart {
  const rows = read
    .prepare(
      `${DAYS} SELECT day.place, COUNT(*) AS runs, SUM(run.rolled_back_at IS NOT NULL) AS back FROM ${ENDED_IN_DAY} AND run.status = 'applied' GROUP BY 1`,
    )
    .all(daysOf(scope));
  const all = sumOf(rows, 'runs');
  const back = sumOf(rows, 'back');
  return {
    measure: 'applied',
    unit: 'count',
    axis: 'days',
    basis: runs(all),
    series: [
      { key: 'kept', name: 'Kept', total: all - back },
      { key: 'rolled_back', name: 'Rolled back', total: back },
    ],
    points: dayPoints(scope, rows, (row) => [value(row, 'runs') - value(row, 'back'), value(row, 'back')]),
    note: '',
  };
}

/** Of the runs that came to an end of their own, those that worked. */
export function readSuccess(read: Read, scope: InsightScope): InsightChart {
  const rows = read
    .prepare(
      `${DAYS} SELECT day.place, COUNT(*) AS runs, SUM(run.status IN ('applied', 'completed')) AS good
       FROM ${ENDED_IN_DAY} AND run.status IN ('applied', 'completed', 'failed', 'timeout') GROUP BY 1`,
    )
    .all(daysOf(scope));
  const all = sumOf(rows, 'runs');
  return {
    measure: 'success',
    unit: 'share',
    axis: 'days',
    basis: runs(all),
    series: [{ key: 'good', name: 'Applied or completed', total: share(sumOf(rows, 'good'), all) }],
    points: dayPoints(scope, rows, (row) => [share(value(row, 'good'), value(row, 'runs'))]),
    note: '',
  };
}

export function readRework(read: Read, scope: InsightScope): InsightChart {
  const rows = read
    .prepare(
      `${DAYS} SELECT day.place, COUNT(*) AS applied, SUM(${REWORKED}) AS runs FROM ${ENDED_IN_DAY} AND run.status = 'applied' GROUP BY 1`,
    )
    .all(daysOf(scope));
  const all = sumOf(rows, 'applied');
  return {
    measure: 'rework',
    unit: 'share',
    axis: 'days',
    basis: runs(all),
    series: [{ key: 'reworked', name: 'Took more than one go', total: share(sumOf(rows, 'runs'), all) }],
    points: dayPoints(scope, rows, (row) => [share(value(row, 'runs'), value(row, 'applied'))]),
    note: 'Retried, sent back, or rolled back later.',
  };
}

/** What all runs that ended cost, the failed ones with them, for each change that was applied. */
export function readChangeCost(read: Read, scope: InsightScope): InsightChart {
  const rows = read
    .prepare(
      `${DAYS} SELECT day.place, COUNT(*) AS runs, SUM(run.status = 'applied') AS applied, SUM(run.cost_micro_usd) AS cost,
         SUM(run.cost_unknown_turns > 0) AS unknown FROM ${ENDED_IN_DAY} GROUP BY 1`,
    )
    .all(daysOf(scope));
  const unknown = sumOf(rows, 'unknown');
  return {
    measure: 'change_cost',
    unit: 'micro_usd',
    axis: 'days',
    basis: runs(sumOf(rows, 'applied')),
    series: [
      {
        key: 'cost',
        name: 'With the runs that failed',
        total: share(sumOf(rows, 'cost'), sumOf(rows, 'applied')),
      },
    ],
    points: dayPoints(scope, rows, (row) => [share(value(row, 'cost'), value(row, 'applied'))]),
    note:
      unknown === 0
        ? ''
        : `Of ${String(unknown)} ${unknown === 1 ? 'run' : 'runs'} the cost is not fully known.`,
  };
}

export function readThroughput(read: Read, scope: InsightScope): InsightChart {
  const rows = read
    .prepare(
      `${DAYS} SELECT day.place, COUNT(*) AS runs, SUM(run.status IN ('applied', 'completed')) AS good,
         SUM(run.status IN ('failed', 'timeout')) AS bad FROM ${ENDED_IN_DAY} GROUP BY 1`,
    )
    .all(daysOf(scope));
  const all = sumOf(rows, 'runs');
  const good = sumOf(rows, 'good');
  const bad = sumOf(rows, 'bad');
  return {
    measure: 'throughput',
    unit: 'count',
    axis: 'days',
    basis: runs(all),
    series: [
      { key: 'good', name: 'Worked', total: good },
      { key: 'bad', name: 'Failed', total: bad },
      { key: 'other', name: 'Discarded or stopped', total: all - good - bad },
    ],
    points: dayPoints(scope, rows, (row) => [
      value(row, 'good'),
      value(row, 'bad'),
      value(row, 'runs') - value(row, 'good') - value(row, 'bad'),
    ]),
    note: '',
  };
}

/** How long runs worked, by executor, those with the most runs first. */
export function readDurations(read: Read, scope: InsightScope): InsightChart {
  const span = spanOf(scope);
  const rows = read
    .prepare(
      `SELECT run.executor, COUNT(*) AS runs, json_group_array(run.active_ms) AS times FROM run INDEXED BY run_ended
       WHERE run.ended_at >= :from AND run.ended_at < :to AND run.started_at IS NOT NULL AND ${RUN_PROJECT}
       GROUP BY 1 ORDER BY 2 DESC, 1`,
    )
    .all(span);
  const times = rows.map((row) => ascending(JSON.parse(text(row, 'times')) as number[]));
  const all = ascending(times.flat());
  const hidden = rows.length - MOST_EXECUTORS;
  return {
    measure: 'duration',
    unit: 'ms',
    axis: 'names',
    basis: runs(all.length),
    series: [
      { key: 'p50', name: 'Half within', total: quantile(all, 0.5) },
      { key: 'p90', name: 'Nine of ten within', total: quantile(all, 0.9) },
    ],
    points: rows.slice(0, MOST_EXECUTORS).map((row, index) => ({
      key: text(row, 'executor'),
      name: text(row, 'executor'),
      from: span.from,
      to: span.to,
      runs: int(row, 'runs'),
      values: [quantile(times[index] ?? [], 0.5), quantile(times[index] ?? [], 0.9)],
    })),
    note: hidden > 0 ? `${String(hidden)} more with fewer runs are left out.` : '',
  };
}
