import { cx } from '../../ui/cx.ts';
import { useCursor } from './cursor-store.ts';
import { shortDay } from './day-words.ts';
import { formatTick } from './format-value.ts';
import type { Chart } from './insight-types.ts';
import { dashes, fills, strokes } from './series-look.ts';
import { apart, ticksOf } from './ticks.ts';

export const plotHeight = 148;
const top = 8;
const bottom = 20;
const left = 44;
const base = plotHeight - bottom;

export interface PlotProps {
  readonly chart: Chart;
  readonly width: number;
  /** Bars stand on each other; lines are drawn beside each other, with a gap where there is nothing to tell. */
  readonly form: 'bars' | 'lines';
  /** False: the axes alone. */
  readonly filled: boolean;
}

/** One chart over days, as SVG: drawn with the tokens, so that it follows the theme by itself. */
export function Plot({ chart, width, form, filled }: PlotProps) {
  const { points, series, unit } = chart;
  const right = form === 'lines' && series.length > 1 ? 28 : 6;
  const inner = Math.max(1, width - left - right);
  const band = inner / Math.max(1, points.length);
  const x = (index: number): number => left + (index + 0.5) * band;
  const most = filled ? highest(chart, form) : 0;
  const ticks = ticksOf(most, unit);
  const end = ticks.at(-1) ?? 1;
  const y = (value: number): number => base - (value / (end || 1)) * (base - top);
  const marks =
    points.length === 0 ? [] : [...new Set([0, Math.floor((points.length - 1) / 2), points.length - 1])];
  return (
    <svg aria-hidden width={width} height={plotHeight} className="block [direction:ltr]">
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={left}
            x2={width - right}
            y1={Math.round(y(tick)) + 0.5}
            y2={Math.round(y(tick)) + 0.5}
            className={tick === 0 ? 'stroke-control' : 'stroke-line'}
          />
          {filled ? (
            <text
              x={left - 6}
              y={y(tick) + 4}
              textAnchor="end"
              className="fill-ink-3 text-micro tabular-nums"
            >
              {formatTick(tick, unit)}
            </text>
          ) : null}
        </g>
      ))}
      {marks.map((index, nth) => (
        <text
          key={index}
          x={nth === 0 ? left : nth === marks.length - 1 ? width - right : x(index)}
          y={plotHeight - 4}
          textAnchor={nth === 0 ? 'start' : nth === marks.length - 1 ? 'end' : 'middle'}
          className="fill-ink-3 text-micro tabular-nums"
        >
          {shortDay(points[index]?.key ?? '')}
        </text>
      ))}
      {filled ? (
        form === 'bars' ? (
          <Bars chart={chart} x={x} y={y} band={band} />
        ) : (
          <>
            <Lines chart={chart} x={x} y={y} />
            <LineNames chart={chart} x={x} y={y} />
          </>
        )
      ) : null}
      {filled ? <CursorLine chart={chart} x={x} y={y} form={form} /> : null}
    </svg>
  );
}

/** Which point lies at a distance from the left edge of the plot. */
export function pointAt(chart: Chart, form: PlotProps['form'], width: number, offset: number): number {
  const right = form === 'lines' && chart.series.length > 1 ? 28 : 6;
  const band = Math.max(1, width - left - right) / Math.max(1, chart.points.length);
  return Math.min(chart.points.length - 1, Math.max(0, Math.floor((offset - left) / band)));
}

interface Scale {
  readonly chart: Chart;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

function Bars({ chart: { points, series }, x, y, band }: Scale & { band: number }) {
  const wide = Math.max(1, Math.min(24, band - (band > 6 ? 2 : 0.5)));
  return points.map(({ key, values }, index) => {
    let below = 0;
    return (
      <g key={key}>
        {series.map((each, nth) => {
          const value = values[nth] ?? 0;
          if (value <= 0) return null;
          const from = y(below);
          below += value;
          const height = Math.max(1, from - y(below) - (nth > 0 ? 1 : 0));
          return (
            <rect
              key={each.key}
              x={x(index) - wide / 2}
              y={y(below)}
              width={wide}
              height={height}
              className={fills[nth] ?? fills[0]}
            />
          );
        })}
      </g>
    );
  });
}

function Lines({ chart: { points, series }, x, y }: Scale) {
  return series.map((each, nth) => {
    const runs = unbroken(points.map(({ values }) => values[nth] ?? null));
    return (
      <g key={each.key}>
        {runs.map((run) =>
          run.length === 1 && run[0] ? (
            <circle
              key={run[0].index}
              cx={x(run[0].index)}
              cy={y(run[0].value)}
              r={2}
              className={fills[nth] ?? fills[0]}
            />
          ) : (
            <polyline
              key={run[0]?.index}
              points={run.map(({ index, value }) => `${String(x(index))},${String(y(value))}`).join(' ')}
              strokeDasharray={dashes[nth]}
              className={cx('fill-none [stroke-linejoin:round] [stroke-width:2]', strokes[nth] ?? strokes[0])}
            />
          ),
        )}
      </g>
    );
  });
}

/** What each line is, at its end: its short name, else its last value, beside the dash in the head. None covers another. */
function LineNames({ chart: { points, series, unit }, x, y }: Scale) {
  if (series.length < 2) return null;
  const ends = series
    .flatMap(({ key }, nth) => {
      const index = points.findLastIndex(({ values }) => (values[nth] ?? null) !== null);
      const value = points[index]?.values[nth];
      return value === undefined || value === null
        ? []
        : [{ key, x: x(index) + 5, y: y(value) + 3, text: key.length <= 4 ? key : formatTick(value, unit) }];
    })
    .sort((a, b) => a.y - b.y);
  const places = apart(
    ends.map((end) => end.y),
    11,
    top + 4,
    base - 2,
  );
  return ends.map((end, nth) => (
    <text key={end.key} x={end.x} y={places[nth]} className="fill-ink-2 text-micro tabular-nums">
      {end.text}
    </text>
  ));
}

function CursorLine({ chart: { points, series }, x, y, form }: Scale & { form: PlotProps['form'] }) {
  const [date] = useCursor();
  const index = points.findIndex(({ key }) => key === date);
  const point = points[index];
  if (!point) return null;
  return (
    <g>
      <line x1={x(index)} x2={x(index)} y1={top} y2={base} className="stroke-ink-3" />
      {form === 'lines'
        ? series.map(({ key }, nth) => {
            const value = point.values[nth] ?? null;
            return value === null ? null : (
              <circle
                key={key}
                cx={x(index)}
                cy={y(value)}
                r={3.5}
                className={cx('stroke-surface [stroke-width:1.5]', fills[nth] ?? fills[0])}
              />
            );
          })
        : null}
    </g>
  );
}

function highest({ points }: Chart, form: PlotProps['form']): number {
  return Math.max(
    0,
    ...points.map(({ values }) =>
      form === 'bars'
        ? values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
        : Math.max(0, ...values.map((value) => value ?? 0)),
    ),
  );
}

/** Values that follow one another without a gap. */
export function unbroken(values: readonly (number | null)[]): { index: number; value: number }[][] {
  const runs: { index: number; value: number }[][] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    const run = runs.at(-1);
    if (run && run.at(-1)?.index === index - 1) run.push({ index, value });
    else runs.push([{ index, value }]);
  });
  return runs;
}
