import type { KeyboardEvent, PointerEvent } from 'react';
import { useRouter } from '../../app/router-context.tsx';
import { useCursor } from './cursor-store.ts';
import { pointName } from './day-words.ts';
import { formatValue } from './format-value.ts';
import type { Chart } from './insight-types.ts';
import { Plot, plotHeight, pointAt, type PlotProps } from './plot.tsx';
import { runsBehind, type Behind } from './runs-behind.ts';
import { strings } from './strings.ts';
import { useWidth } from '../../ui/use-width.ts';

/** A chart over days that a pointer or the arrow keys move along, all charts with it; pressing opens the runs of the day. */
export function DayChart({
  chart,
  form,
  of,
}: {
  readonly chart: Chart;
  readonly form: PlotProps['form'];
  readonly of: Behind;
}) {
  const [ref, width] = useWidth();
  const [date, cursor] = useCursor();
  const router = useRouter();
  const { points, measure, series, unit } = chart;
  const at = points.findIndex(({ key }) => key === date);
  const shown = points[at] ?? points.at(-1);
  const open = (index: number): void => {
    const point = points[index];
    if (point && point.runs > 0) router.go(runsBehind(of, measure, point, false));
  };
  const place = (event: PointerEvent<HTMLElement>): number =>
    pointAt(chart, form, width, event.clientX - event.currentTarget.getBoundingClientRect().left);
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const last = points.length - 1;
    const here = at < 0 ? last : at;
    const next = {
      ArrowLeft: here - 1,
      ArrowRight: here + 1,
      Home: 0,
      End: last,
      PageUp: here - 7,
      PageDown: here + 7,
    }[event.key];
    if (event.key === 'Enter') open(here);
    else if (next === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    else cursor.set(points[Math.min(last, Math.max(0, next))]?.key);
    event.preventDefault();
    event.stopPropagation();
  };
  const values = series
    .map(({ name }, nth) => `${name} ${formatValue(shown?.values[nth] ?? null, unit)}`)
    .join(', ');
  return (
    <div
      ref={ref}
      role="slider"
      tabIndex={0}
      aria-label={strings.cursor(strings.measures[measure])}
      aria-valuemin={1}
      aria-valuemax={points.length}
      aria-valuenow={(at < 0 ? points.length - 1 : at) + 1}
      aria-valuetext={shown ? strings.told(pointName(shown), values, shown.runs) : ''}
      className="cursor-pointer rounded-control"
      style={{ height: plotHeight }}
      onKeyDown={press}
      onFocus={() => {
        if (at < 0) cursor.set(points.at(-1)?.key);
      }}
      onBlur={() => {
        cursor.set(undefined);
      }}
      onPointerMove={(event) => {
        cursor.set(points[place(event)]?.key);
      }}
      onPointerLeave={() => {
        cursor.set(undefined);
      }}
      onClick={(event) => {
        open(place(event as unknown as PointerEvent<HTMLElement>));
      }}
    >
      {width > 0 ? <Plot chart={chart} form={form} width={width} filled /> : null}
    </div>
  );
}
