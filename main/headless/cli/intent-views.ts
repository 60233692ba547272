import type { OutputOf } from '../../../preload/contract/operations.ts';
import { missedOutcome } from '../../domain/intent/missed.ts';
import { intentStatus, misfirePolicy } from '../../domain/intent/status.ts';
import { plainText } from '../plain-text.ts';
import type { CommandContext } from './io.ts';
import type { Cell } from './table.ts';
import { fields, table } from './table.ts';
import { count, duration, relativeTime, statusText } from './words.ts';

type Row = OutputOf<'intent.list'>['rows'][number];
type Detail = OutputOf<'intent.get'>;

export function intentTable(context: CommandContext, rows: readonly Row[]): string {
  if (rows.length === 0)
    return 'No intents. Add one with `homer intent add "Update the dependencies" --project NAME --cron "0 1 * * 1"`.';
  const now = context.clock.now();
  return table(
    [
      { title: 'ID', cell: (row) => row.id.slice(-8) },
      { title: 'NAME', cell: (row) => ({ text: row.name, style: 'bold' }), flexible: true },
      { title: 'STATUS', cell: stateOf },
      {
        title: 'NEXT',
        cell: (row) =>
          row.nextDueAt === null ? '-' : `${relativeTime(row.nextDueAt, now)} (${row.nextLocal ?? ''})`,
      },
      { title: 'WHEN', cell: (row) => row.words, flexible: true },
      {
        title: 'LAST',
        cell: (row) => (row.lastRun === null ? '-' : statusText(row.lastRun.status)),
      },
      { title: 'MISSED', cell: (row) => (row.missed === 0 ? '-' : String(row.missed)), align: 'right' },
      { title: 'PROJECT', cell: (row) => row.projectName, flexible: true },
    ],
    rows,
    context.width,
    context.paint,
  );
}

function stateOf(row: Pick<Row, 'status' | 'enabled' | 'activeRun'>): Cell {
  if (row.activeRun !== null) {
    const { text, style } = statusText(row.activeRun.status);
    return { text: `${text} #${String(row.activeRun.number)}`, style };
  }
  if (!row.enabled && row.status !== 'cancelled') return { text: 'Off', style: 'yellow' };
  return { text: intentStatus.labels[row.status] };
}

export function intentView(context: CommandContext, detail: Detail): string {
  const { intent, schedule } = detail;
  const now = context.clock.now();
  const state = stateOf({ ...intent, activeRun: detail.activeRun });
  const parts = [
    `${context.paint('bold', plainText(intent.name))}  ${state.style ? context.paint(state.style, state.text) : state.text}`,
    fields(
      [
        ['Id', intent.id],
        ['Project', detail.projectName],
        ['When', schedule.words],
        ['Zone', intent.trigger.type === 'cron' ? schedule.zone : null],
        ['If missed', misfirePolicy.labels[intent.misfirePolicy]],
        ['Priority', String(intent.priority)],
        ['Executor', intent.execution.executorLabel ?? intent.executor],
        [
          'Budget',
          `${count(intent.execution.budget.steps, 'step')}, ${duration(intent.execution.budget.durationMs)}`,
        ],
        [
          'Last run',
          detail.lastRun &&
            `#${String(detail.lastRun.number)} ${statusText(detail.lastRun.status).text}, ${relativeTime(detail.lastRun.endedAt, now)}`,
        ],
        ['You can', detail.possible.join(', ').replaceAll('_', ' ')],
      ],
      context.paint,
    ),
    plainText(intent.query).trimEnd(),
  ];
  if (schedule.next.length > 0)
    parts.push(
      `${context.paint('bold', 'Next')}\n${schedule.next.map(({ at, local }) => `  ${local}  (${at}, ${relativeTime(at, now)})`).join('\n')}`,
    );
  if (detail.missed.length > 0)
    parts.push(
      `${context.paint('bold', `Missed ${String(detail.missedCount)}`)}\n${detail.missed
        .slice(0, 10)
        .map((time) => `  ${missedLine(time)}`)
        .join('\n')}`,
    );
  if (detail.runs.length > 0)
    parts.push(
      `${context.paint('bold', 'Runs')}\n${detail.runs
        .slice(0, 10)
        .map(
          (run) =>
            `  #${String(run.number)} ${statusText(run.status).text}, ${relativeTime(run.endedAt ?? run.updatedAt, now)}`,
        )
        .join('\n')}`,
    );
  return parts.join('\n\n');
}

function missedLine(time: Detail['missed'][number]): string {
  const times =
    time.count === 1
      ? ''
      : ` to ${time.lastNominalAt} (${time.atLeast ? 'at least ' : ''}${String(time.count)})`;
  return `${time.nominalAt}${times}: ${missedOutcome.labels[time.outcome]}${time.reason ? `. ${plainText(time.reason)}` : ''}`;
}

export function previewView(context: CommandContext, schedule: Detail['schedule']): string {
  const now = context.clock.now();
  const next = schedule.next.map(({ at, local }) => `  ${local}  (${at}, ${relativeTime(at, now)})`);
  return [plainText(schedule.words), ...next].join('\n');
}
