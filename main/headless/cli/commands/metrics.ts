import { metricsWindow } from '../../../../preload/contract/metrics.ts';
import { alertKind } from '../../../domain/alert/alert.ts';
import { costWords } from '../../../domain/cost/cost-state.ts';
import { runStatus, type RunStatus } from '../../../domain/run/status.ts';
import { ask } from '../ask.ts';
import { arg, flag, oneOf, text, type CommandSpec } from '../command.ts';
import { plainText } from '../../plain-text.ts';
import { fields, table } from '../table.ts';
import { byteSize, count, duration, relativeTime } from '../words.ts';

export const alertCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List the alerts that stand, newest first',
    examples: ['homer alert', 'homer alert list --all --json'],
    options: [{ flags: '--all', description: 'the cleared ones too' }],
    perform: async (context, _args, options) => {
      const all = flag(options, 'all');
      const alerts = await ask(context, 'alert.list', { open: !all });
      const now = context.clock.now();
      const view = alerts.length
        ? table(
            [
              { title: 'SINCE', cell: (alert) => relativeTime(alert.createdAt, now) },
              { title: 'KIND', cell: (alert) => alertKind.labels[alert.kind] },
              { title: 'WHAT', cell: (alert) => alert.message, flexible: true },
              ...(all
                ? [
                    {
                      title: 'CLEARED',
                      cell: (alert: (typeof alerts)[number]) => relativeTime(alert.clearedAt, now),
                    },
                  ]
                : []),
              { title: 'ID', cell: (alert) => alert.id },
            ],
            alerts,
            context.width,
            context.paint,
          )
        : 'No alert stands.';
      return { json: alerts, text: view };
    },
  },
  {
    usage: 'clear <id>',
    summary: 'Take note of an alert; only what happens after raises it again',
    examples: ['homer alert clear 0199…'],
    perform: async (context, args) => {
      const alert = await ask(context, 'alert.clear', { id: arg(args, 0) });
      return { json: alert, text: `Cleared: ${plainText(alert.message)}` };
    },
  },
];

export const metricsCommands: readonly CommandSpec[] = [
  {
    usage: 'metrics',
    summary: 'Throughput, success, durations, queue, tick and query time',
    examples: ['homer metrics', 'homer metrics --window 7d --json'],
    options: [
      {
        flags: '--window <time>',
        description: `how far back: ${metricsWindow.options.join(', ')}; 24h by default`,
        parse: oneOf(metricsWindow.options),
      },
    ],
    perform: async (context, _args, options) => {
      const window = metricsWindow.parse(text(options, 'window') ?? '24h');
      const metrics = await ask(context, 'metrics.get', { window });
      const { runs, queue, timings, memory } = metrics;
      const ended = Object.entries(runs.ended)
        .map(([status, total]) => `${String(total)} ${runStatus.labels[status as RunStatus].toLowerCase()}`)
        .join(', ');
      const time = ({ p50Ms, p99Ms, maxMs, count: times }: (typeof timings)['tick']): string =>
        times === 0
          ? 'none yet'
          : `${p50Ms.toFixed(2)} ms median, ${p99Ms.toFixed(2)} ms p99, ${maxMs.toFixed(2)} ms most, of ${String(times)}`;
      const summary = fields(
        [
          ['Ended', ended || `nothing in ${window}`],
          ['Per hour', runs.perHour.toFixed(1)],
          ['Success', runs.successRate === null ? '-' : `${String(Math.round(runs.successRate * 100))} %`],
          ['Queue', `${String(queue.depth)} queued, ${String(queue.working)} at work`],
          ['Needs you', count(queue.needsYou, 'decision')],
          ['Ticks', time(timings.tick)],
          ['Reads', time(timings.read)],
          ['Writes', time(timings.write)],
          ['Memory', byteSize(memory.residentBytes)],
          ['Up', duration(metrics.uptimeMs)],
        ],
        context.paint,
      );
      const executors = metrics.executors.length
        ? table(
            [
              { title: 'EXECUTOR', cell: (row) => row.executor },
              { title: 'ENDED', cell: (row) => String(row.ended), align: 'right' },
              { title: 'SUCCEEDED', cell: (row) => String(row.succeeded), align: 'right' },
              {
                title: 'MEDIAN',
                cell: (row) => (row.p50Ms === null ? '-' : duration(row.p50Ms)),
                align: 'right',
              },
              {
                title: 'P95',
                cell: (row) => (row.p95Ms === null ? '-' : duration(row.p95Ms)),
                align: 'right',
              },
              { title: 'TOKENS', cell: (row) => String(row.tokens), align: 'right' },
              { title: 'COST', cell: (row) => costWords(row.costMicroUsd, row.costState), align: 'right' },
            ],
            metrics.executors,
            context.width,
            context.paint,
          )
        : '';
      return { json: metrics, text: [summary, executors].filter(Boolean).join('\n\n') };
    },
  },
];
