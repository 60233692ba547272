import { Link } from '../../app/router-context.tsx';
import { cx } from '../../ui/cx.ts';
import { formatValue } from './format-value.ts';
import type { Chart, Point } from './insight-types.ts';
import { runsBehind, type Behind } from './runs-behind.ts';
import { swatches } from './series-look.ts';
import { strings } from './strings.ts';

/** A chart over names: a bar each from nothing on; with a second value, a thinner one that reaches to it. Each opens its runs. */
export function NameBars({ chart, of }: { readonly chart: Chart; readonly of: Behind }) {
  const { points, unit } = chart;
  const most =
    unit === 'share' ? 1 : Math.max(1, ...points.flatMap(({ values }) => values.map((it) => it ?? 0)));
  const part = (value: number | null | undefined): string => `${String(((value ?? 0) / most) * 100)}%`;
  return (
    <ul className="flex flex-col gap-4 pt-4">
      {points.map((point) => (
        <li key={point.key}>
          <Row point={point} of={of} chart={chart}>
            <span className="w-[88px] shrink-0 truncate text-meta text-ink-2" title={point.name}>
              {point.name}
            </span>
            <span className="relative h-12 min-w-0 flex-1 border-s border-control">
              {point.values.length > 1 ? (
                <span
                  className={cx('absolute start-0 top-1/2 h-4 -translate-y-1/2', swatches[1])}
                  style={{ width: part(point.values[1]) }}
                />
              ) : null}
              <span
                className={cx('absolute inset-y-0 start-0', swatches[0])}
                style={{ width: part(point.values[0]) }}
              />
            </span>
            <span className="shrink-0 text-end text-meta tabular-nums text-ink">
              {point.values.map((value) => formatValue(value, unit)).join(' · ')}
            </span>
          </Row>
        </li>
      ))}
    </ul>
  );
}

function Row({
  point,
  chart,
  of,
  children,
}: {
  readonly point: Point;
  readonly chart: Chart;
  readonly of: Behind;
  readonly children: React.ReactNode;
}) {
  const look = 'flex h-24 items-center gap-8 rounded-chip px-4 -mx-4';
  return point.runs === 0 ? (
    <span className={look} title={strings.noRuns}>
      {children}
    </span>
  ) : (
    <Link
      location={runsBehind(of, chart.measure, point, true)}
      title={strings.runs(point.runs)}
      className={cx(look, 'hover:bg-hover')}
    >
      {children}
    </Link>
  );
}
