import type { InputOf } from '../../../preload/contract/operations.ts';
import { ChartColumn, Table2 } from 'lucide-react';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { ChartHead } from './chart-head.tsx';
import { ChartTable } from './chart-table.tsx';
import { DayChart } from './day-chart.tsx';
import type { Chart, Days, Measure } from './insight-types.ts';
import { NameBars } from './name-bars.tsx';
import { Plot, plotHeight } from './plot.tsx';
import { strings } from './strings.ts';
import { useWidth } from '../../ui/use-width.ts';

/** As many as `ENOUGH` of main/domain/insight: a trend of fewer is chance. */
const enough = 5;
const stacks: readonly Measure[] = ['applied', 'cost', 'quota', 'throughput'];

export interface ChartCardProps {
  readonly measure: Measure;
  readonly days: Days;
  readonly project: string;
  readonly asTable: boolean;
  readonly onToggle: () => void;
}

/** What is asked for one chart; an empty project is all of them. */
export function inputOf(measure: Measure, days: Days, project: string): InputOf<'insights.get'> {
  return { days, measures: [measure], ...(project === '' ? {} : { projectId: project }) };
}

/** One chart with its own reading: it loads, fails and is read again without the others. */
export function ChartCard({ measure, days, project, asTable, onToggle }: ChartCardProps) {
  const { data, failure, pending, reread } = useQuery('insights.get', inputOf(measure, days, project), {
    every: 10_000,
  });
  const chart = data?.charts[0];
  const name = strings.measures[measure];
  // Shares of windows do not add up.
  const stacked = stacks.includes(measure) && chart?.unit !== 'share';
  return (
    <section
      data-measure={measure}
      aria-label={name}
      aria-busy={chart === undefined && failure === undefined ? true : undefined}
      className="flex min-w-0 flex-col gap-4 rounded-card border border-line bg-surface p-12"
    >
      <div className="-mt-4 flex items-center gap-8">
        <h2 className="min-w-0 flex-1 truncate text-body font-medium text-ink">{name}</h2>
        <IconButton
          icon={asTable ? ChartColumn : Table2}
          size="small"
          label={strings.toggle(asTable)}
          keys="t"
          unavailable={chart === undefined ? strings.loading(name) : undefined}
          onClick={onToggle}
        />
      </div>
      {chart && failure ? (
        <ErrorBar
          kind="stale"
          message={strings.failure}
          hint={failure.message}
          onRetry={reread}
          busy={pending}
        />
      ) : null}
      {chart ? (
        <>
          <ChartHead chart={chart} stacked={stacked} days={days} />
          {asTable ? (
            <ChartTable chart={chart} of={{ project }} />
          ) : chart.basis.count < enough ? (
            <Bare chart={chart}>{strings.notEnough(chart.basis, enough)}</Bare>
          ) : chart.axis === 'names' ? (
            <div className="overflow-y-auto" style={{ height: plotHeight }}>
              <NameBars chart={chart} of={{ project }} />
            </div>
          ) : (
            <DayChart chart={chart} form={stacked ? 'bars' : 'lines'} of={{ project }} />
          )}
          {chart.note === '' ? null : <p className="text-meta text-ink-2">{chart.note}</p>}
        </>
      ) : (
        <>
          <div className="h-48" />
          <Bare chart={empty}>
            {failure ? <Unread message={failure.message} busy={pending} onRetry={reread} /> : null}
          </Bare>
        </>
      )}
    </section>
  );
}

/** That it could not be read, where it would stand; the others beside it say for themselves whether they could. */
function Unread({ message, busy, onRetry }: { message: string; busy: boolean; onRetry: () => void }) {
  return (
    <span role="alert" className="flex flex-col items-center gap-6">
      <span className="flex items-center gap-6 text-ink">
        <StatusGlyph shape="octagon" tone="danger" />
        {strings.failure}
      </span>
      {message}
      <Button size="small" busy={busy} onClick={onRetry}>
        {strings.again}
      </Button>
    </span>
  );
}

const empty: Chart = {
  measure: 'applied',
  unit: 'share',
  axis: 'names',
  basis: { count: 0, noun: 'run' },
  series: [],
  points: [],
  note: '',
};

/** Axes without lines: while there is nothing to draw, and when there is not enough of it. */
function Bare({ chart, children }: { chart: Chart; children: React.ReactNode }) {
  const [ref, width] = useWidth();
  return (
    <div ref={ref} className="relative" style={{ height: plotHeight }}>
      {width > 0 ? (
        <Plot
          chart={{ ...chart, points: chart.axis === 'days' ? chart.points : [] }}
          form="bars"
          width={width}
          filled={false}
        />
      ) : null}
      <p className="absolute inset-0 flex items-center justify-center pb-20 ps-40 text-center text-meta text-ink-2">
        <span className="bg-surface px-8 py-4 empty:hidden">{children}</span>
      </p>
    </div>
  );
}
