import { Link } from '../../app/router-context.tsx';
import { pointName } from './day-words.ts';
import { formatValue } from './format-value.ts';
import type { Chart } from './insight-types.ts';
import { plotHeight } from './plot.tsx';
import { runsBehind, type Behind } from './runs-behind.ts';
import { strings } from './strings.ts';

/** The same figures as words and numbers, the newest day first. */
export function ChartTable({ chart, of }: { readonly chart: Chart; readonly of: Behind }) {
  const { measure, unit, series, axis } = chart;
  const points = axis === 'days' ? chart.points.toReversed() : chart.points;
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={strings.table(strings.measures[measure])}
      data-ring="inset"
      // As high as whole rows are, so that none is cut.
      className="mb-4 overflow-auto"
      style={{ height: plotHeight - 4 }}
    >
      <table className="w-full border-separate border-spacing-0 text-meta">
        <thead className="sticky top-0 bg-surface">
          <tr className="h-24">
            <th scope="col" className={`${head} text-start`}>
              {axis === 'days' ? strings.columns.day : strings.columns.name}
            </th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col" className={`${head} max-w-[76px] truncate text-end`} title={name}>
                {name}
              </th>
            ))}
            <th scope="col" className={`${head} text-end`}>
              {strings.columns.runs}
            </th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {points.map((point) => (
            <tr key={point.key}>
              <th scope="row" className="pe-8 text-start font-regular whitespace-nowrap text-ink">
                {pointName(point)}
              </th>
              {series.map(({ key }, nth) => (
                <td key={key} className="ps-8 text-end whitespace-nowrap text-ink">
                  {formatValue(point.values[nth] ?? null, unit).replace(' tokens', '')}
                </td>
              ))}
              <td className="h-24 ps-8 text-end">
                {point.runs === 0 ? (
                  <span className="text-ink-3">0</span>
                ) : (
                  <Link
                    location={runsBehind(of, measure, point, axis === 'names')}
                    aria-label={strings.open(pointName(point), point.runs)}
                    className="inline-flex h-24 min-w-24 items-center justify-end text-accent-text underline"
                  >
                    {point.runs}
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const head = 'border-b border-line py-2 ps-8 first:ps-0 font-medium text-ink-2';
