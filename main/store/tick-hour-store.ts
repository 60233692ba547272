import type { InsightChart } from '../domain/insight/insight.ts';
import { ascending, quantile } from '../domain/insight/quantile.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Figures } from '../shared/meter.ts';
import type { Read, Write } from './database.ts';
import { RUN_PROJECT, spanOf, type InsightScope } from './insight-scope.ts';
import { int, text } from './row.ts';

const HOUR_MS = 3_600_000;
/** As far back as Insights looks, and a little. */
const KEEP_MS = 100 * 24 * HOUR_MS;

/** Keeps how long the ticks of an hour took; of an hour with two hosts one after the other, the figures of the one with more ticks. */
export function recordTickHour(write: Write, hour: string, figures: Figures): void {
  const us = (ms: number): number => Math.round(ms * 1_000);
  write
    .prepare(
      `INSERT INTO tick_hour (hour, count, p50_us, p99_us, max_us) VALUES (:hour, :count, :p50, :p99, :max)
       ON CONFLICT (hour) DO UPDATE SET count = count + excluded.count, p50_us = iif(excluded.count > count, excluded.p50_us, p50_us),
         p99_us = MAX(p99_us, excluded.p99_us), max_us = MAX(max_us, excluded.max_us)`,
    )
    .run({
      hour,
      count: figures.count,
      p50: us(figures.p50Ms),
      p99: us(figures.p99Ms),
      max: us(figures.maxMs),
    });
  write.prepare('DELETE FROM tick_hour WHERE hour < ?').run(formatTime(parseTime(hour) - KEEP_MS));
}

/** How long ticks took by day: the middle one of the hours' medians, and the worst hour's 99th of a hundred. */
export function readTicks(read: Read, scope: InsightScope): InsightChart {
  const rows = read
    .prepare('SELECT hour, p50_us, p99_us FROM tick_hour WHERE hour >= :from AND hour < :to ORDER BY hour')
    .all({ from: spanOf(scope).from, to: spanOf(scope).to })
    .map((row) => ({
      hour: text(row, 'hour'),
      p50: int(row, 'p50_us') / 1_000,
      p99: int(row, 'p99_us') / 1_000,
    }));
  const figures = (of: typeof rows): (number | null)[] => [
    quantile(ascending(of.map(({ p50 }) => p50)), 0.5),
    of.length === 0 ? null : Math.max(...of.map(({ p99 }) => p99)),
  ];
  const [p50 = null, p99 = null] = figures(rows);
  const atWork = read.prepare(
    `SELECT COUNT(*) AS runs FROM run WHERE ${RUN_PROJECT} AND started_at < :to AND (ended_at IS NULL OR ended_at >= :from)`,
  );
  return {
    measure: 'tick',
    unit: 'ms',
    axis: 'days',
    basis: { count: rows.length, noun: 'hour' },
    series: [
      { key: 'p50', name: 'Half within', total: p50 },
      { key: 'p99', name: '99 of 100 within', total: p99 },
    ],
    points: scope.days.map(({ date, from, to }) => {
      const own = rows.filter(({ hour }) => hour >= from && hour < to);
      const found = own.length === 0 ? undefined : atWork.get({ from, to, projectId: scope.projectId });
      return { key: date, name: date, from, to, runs: found ? int(found, 'runs') : 0, values: figures(own) };
    }),
    note: scope.projectId === null ? '' : 'Of the whole host: ticks belong to no project.',
  };
}
