import type { InsightPoint } from '../domain/insight/insight.ts';
import type { LocalDay } from '../domain/insight/local-days.ts';
import type { Row } from './database.ts';
import { int } from './row.ts';

/** What an insight is read over: days that follow one another, and one project or all. */
export interface InsightScope {
  readonly days: readonly LocalDay[];
  readonly projectId: string | null;
}

/** Each day with its place, from a JSON list of [from, to]; a day is one range of an index. */
export const DAYS = `WITH day(place, since, until) AS MATERIALIZED (SELECT key, value ->> 0, value ->> 1 FROM json_each(:days))`;
export const RUN_PROJECT = '(:projectId IS NULL OR run.project_id = :projectId)';

export function daysOf({ days, projectId }: InsightScope): { days: string; projectId: string | null } {
  return { days: JSON.stringify(days.map(({ from, to }) => [from, to])), projectId };
}

export function spanOf({ days, projectId }: InsightScope): {
  from: string;
  to: string;
  projectId: string | null;
} {
  return { from: days[0]?.from ?? '', to: days.at(-1)?.to ?? '', projectId };
}

/** A point for each day; `rows` are those of days in which something was, each with its `place` and `runs`. */
export function dayPoints(
  { days }: InsightScope,
  rows: readonly Row[],
  valuesOf: (row: Row | undefined) => (number | null)[],
): InsightPoint[] {
  const byPlace = new Map(rows.map((row) => [int(row, 'place'), row]));
  return days.map(({ date, from, to }, place) => {
    const row = byPlace.get(place);
    return { key: date, name: date, from, to, runs: row ? int(row, 'runs') : 0, values: valuesOf(row) };
  });
}

export function sumOf(rows: readonly Row[], column: string): number {
  return rows.reduce((sum, row) => sum + int(row, column), 0);
}

export function share(part: number, all: number): number | null {
  return all === 0 ? null : part / all;
}
