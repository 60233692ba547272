import type { OutputOf } from '../../../preload/contract/operations.ts';
import { goalStatus } from '../../domain/goal/status.ts';
import { proposalStage } from '../../domain/proposal/stage.ts';
import { runStatus } from '../../domain/run/status.ts';
import { plainLine, plainText } from '../plain-text.ts';
import type { CommandContext } from './io.ts';
import { table } from './table.ts';
import { relativeTime } from './words.ts';

type Row = OutputOf<'goal.tree'>[number];
type Detail = OutputOf<'goal.detail'>;

/** `2.1 → 0.5 %`; `-` without a measure. */
export function measureText({ measure, reading }: Pick<Row, 'measure' | 'reading'>): string {
  if (!measure) return '-';
  const unit = measure.unit === '' ? '' : ` ${measure.unit}`;
  return `${String(reading?.value ?? measure.start)} → ${String(measure.target)}${unit}`;
}

export function goalTable(context: CommandContext, rows: readonly Row[]): string {
  return table(
    [
      { title: 'ID', cell: ({ id }) => id.slice(-8) },
      { title: 'STATUS', cell: ({ status, stale }) => (stale ? 'Stale' : goalStatus.labels[status]) },
      { title: 'DONE', cell: ({ progress }) => `${String(progress)} %`, align: 'right' },
      { title: 'GOAL', cell: ({ title, depth }) => `${'  '.repeat(depth)}${title}`, flexible: true },
      { title: 'NOW → TARGET', cell: measureText },
      { title: 'PROPOSALS', cell: ({ proposals }) => proposalsText(proposals), align: 'right' },
      { title: 'PRIO', cell: ({ priority }) => String(priority), align: 'right' },
      { title: 'TARGET DATE', cell: ({ targetDate }) => targetDate ?? '-' },
    ],
    rows,
    context.width,
    context.paint,
  );
}

function proposalsText({ all, done }: Row['proposals']): string {
  return all === 0 ? '-' : done === 0 ? String(all) : `${String(all)} (${String(done)} done)`;
}

export function goalText(context: CommandContext, { goal, row, readings, work, possible }: Detail): string {
  const now = context.clock.now();
  const lines = [
    plainLine(goal.title),
    `${row.stale ? 'Stale' : goalStatus.labels[goal.status]}, ${String(goal.progress)} %. ${plainLine(row.why)}`,
    ...(goal.targetDate === null ? [] : [`Target date: ${goal.targetDate}`]),
    ...(row.measure ? [`Measure: ${plainLine(row.measure.name)}, ${measureText(row)}`] : []),
    ...(goal.description === '' ? [] : ['', plainText(goal.description)]),
    ...section(
      'Readings',
      readings
        .slice(0, 10)
        .map(({ value, createdAt }) => `${String(value)}  ${relativeTime(createdAt, now)}`),
    ),
    ...section(
      'Proposals',
      work.proposals.map(
        ({ number, title, stage, run }) =>
          `P-${String(number)} ${plainLine(title)}: ${run ? runText(run) : proposalStage.labels[stage]}`,
      ),
    ),
    ...section(
      'Other work',
      work.intents.map(({ name, run }) => `${plainLine(name)}: ${run ? runText(run) : 'no run yet'}`),
    ),
    '',
    `Possible: ${possible.join(', ')}`,
  ];
  return lines.join('\n');
}

function runText({
  number,
  status,
  rolledBack,
}: NonNullable<Detail['work']['intents'][number]['run']>): string {
  return `run ${String(number)}, ${rolledBack ? 'rolled back' : runStatus.labels[status].toLowerCase()}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
