import { cx } from '../../ui/cx.ts';
import { useCursor } from './cursor-store.ts';
import { fullDay } from './day-words.ts';
import { formatValue } from './format-value.ts';
import type { Chart } from './insight-types.ts';
import { dashes, strokes, swatches } from './series-look.ts';
import { strings } from './strings.ts';

/** The figure of the whole span, or of the day under the cursor; beside it what each series comes to. */
export function ChartHead({
  chart,
  stacked,
  days,
}: {
  readonly chart: Chart;
  readonly stacked: boolean;
  readonly days: number;
}) {
  const [date] = useCursor();
  const { series, unit } = chart;
  const point = chart.axis === 'days' ? chart.points.find(({ key }) => key === date) : undefined;
  const values = point ? point.values : series.map(({ total }) => total);
  const figure = stacked ? values.reduce<number>((sum, value) => sum + (value ?? 0), 0) : (values[0] ?? null);
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-baseline gap-8">
        <span className="text-page tabular-nums text-ink">{formatValue(figure, unit)}</span>
        <span className="text-meta text-ink-2 tabular-nums">
          {point ? `${fullDay(point.key)} · ${strings.runs(point.runs)}` : strings.last(days)}
        </span>
      </p>
      <ul className="flex min-h-16 min-w-0 flex-wrap gap-x-12 text-meta text-ink-2">
        {series.map(({ key, name }, nth) => (
          <li key={key} className="flex min-w-0 items-center gap-4">
            {stacked || chart.axis === 'names' ? (
              <span aria-hidden className={cx('size-8 shrink-0 rounded-[2px]', swatches[nth])} />
            ) : (
              <svg aria-hidden width={16} height={8} className="shrink-0">
                <line
                  x1={0}
                  x2={16}
                  y1={4}
                  y2={4}
                  strokeDasharray={dashes[nth]}
                  className={cx('[stroke-width:2]', strokes[nth])}
                />
              </svg>
            )}
            <span className="truncate" title={name}>
              {name}
            </span>
            {series.length > 1 ? (
              <span className="shrink-0 tabular-nums text-ink">
                {formatValue(values[nth] ?? null, unit).replace(' tokens', '')}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
