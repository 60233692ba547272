import type { InsightChart } from '../../main/domain/insight/insight.ts';

const heads = ['measure', 'series', 'point', 'from', 'to', 'value', 'unit', 'runs'];

/** Charts as CSV (RFC 4180), a line for each value; what there is nothing to tell of is empty. */
export function insightsCsv(charts: readonly InsightChart[]): string {
  const lines = charts.flatMap(({ measure, unit, series, points }) =>
    points.flatMap(({ name, from, to, runs, values }) =>
      series.map(({ name: of }, index) => [
        measure,
        of,
        name,
        from,
        to,
        values[index] ?? '',
        unit,
        String(runs),
      ]),
    ),
  );
  return [heads, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** Names come from outside: what a spreadsheet would take for a formula is text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const inert = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
