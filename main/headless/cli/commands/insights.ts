import type { OutputOf } from '../../../../preload/contract/operations.ts';
import { insightDays } from '../../../../preload/contract/insights.ts';
import { insightsCsv } from '../../../../preload/contract/insights-csv.ts';
import { ENOUGH, insightMeasure } from '../../../domain/insight/insight.ts';
import { dollars } from '../../../domain/cost/cost-state.ts';
import { ask } from '../ask.ts';
import { flag, given, oneOf, text, type CommandSpec } from '../command.ts';
import { projectRef } from '../refs.ts';
import { table } from '../table.ts';
import { count, duration } from '../words.ts';

type Chart = OutputOf<'insights.get'>['charts'][number];

export const insightCommands: readonly CommandSpec[] = [
  {
    usage: 'insights',
    summary: 'What the last days came to: changes, waits, success, cost, durations',
    examples: [
      'homer insights',
      'homer insights --days 90 --project web --json',
      'homer insights --csv > week.csv',
    ],
    options: [
      {
        flags: '--days <n>',
        description: `how far back: ${insightDays.join(', ')}; 30 by default`,
        parse: oneOf(insightDays.map(String)),
      },
      { flags: '--project <project>', description: 'only one project' },
      { flags: '--csv', description: 'every value as CSV' },
    ],
    perform: async (context, _args, options) => {
      const project = text(options, 'project');
      const days = text(options, 'days');
      const insights = await ask(context, 'insights.get', {
        ...given({ days: days === undefined ? undefined : Number(days) }),
        ...(project === undefined ? {} : { projectId: (await projectRef(context, project)).id }),
      });
      if (flag(options, 'csv')) return { json: insights, text: insightsCsv(insights.charts) };
      const rows = insights.charts.flatMap((chart) =>
        chart.basis.count < ENOUGH
          ? [
              {
                measure: insightMeasure.labels[chart.measure],
                of: `not enough data: ${String(chart.basis.count)} of ${count(ENOUGH, chart.basis.noun)}`,
                value: '-',
              },
            ]
          : chart.series.map(({ name, total }, index) => ({
              measure: index === 0 ? insightMeasure.labels[chart.measure] : '',
              of: name,
              value: words(chart.unit, total),
            })),
      );
      const view = table(
        [
          { title: 'MEASURE', cell: (row) => row.measure },
          { title: 'OF', cell: (row) => row.of, flexible: true },
          { title: 'VALUE', cell: (row) => row.value, align: 'right' },
        ],
        rows,
        context.width,
        context.paint,
      );
      return { json: insights, text: `${view}\n\nDays are those of ${insights.zone}.` };
    },
  },
];

function words(unit: Chart['unit'], value: number | null): string {
  if (value === null) return '-';
  switch (unit) {
    case 'ms':
      return duration(value);
    case 'micro_usd':
      return dollars(value);
    case 'share':
      return `${String(Math.round(value * 100))} %`;
    default:
      return String(value);
  }
}
