import type { ReactNode } from 'react';
import { Time } from '../../ui/time.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { formatDuration } from '../../ui/format-time.ts';
import { Changes } from './changes.tsx';
import { CompareRow } from './compare-row.tsx';
import { strings } from './compare-strings.ts';
import { TestWord } from './evidence.tsx';
import { formatCost, formatTokens } from './run-figures.ts';
import { runIsOver, runLook } from './run-look.ts';
import type { RunDetail } from './run-types.ts';

/** The facts of two attempts, line by line: `key` is what tells whether they differ. */
export function CompareFacts({ left, right }: { left: RunDetail; right: RunDetail }) {
  return (
    <tbody>
      {facts
        .filter(({ optional, key }) => optional !== true || key(left) !== '' || key(right) !== '')
        .map(({ name, key, show }) => (
          <CompareRow
            key={name}
            name={name}
            left={show(left)}
            right={show(right)}
            differs={key(left) !== key(right)}
          />
        ))}
    </tbody>
  );
}

interface Fact {
  readonly name: string;
  /** Left out where neither has it. */
  readonly optional?: boolean;
  readonly key: (detail: RunDetail) => string | number;
  readonly show: (detail: RunDetail) => ReactNode;
}

const executorOf = ({ run }: RunDetail): string => run.executorLabel;
const askedOf = ({ decisions }: RunDetail): string =>
  decisions.findLast(({ action }) => action === 'request_changes')?.reason ?? '';

const facts: readonly Fact[] = [
  {
    name: strings.status,
    key: ({ run }) => run.status,
    show: ({ run }) => {
      const { shape, tone, label } = runLook(run.status);
      return (
        <StatusLabel shape={shape} tone={tone}>
          {label}
        </StatusLabel>
      );
    },
  },
  {
    name: strings.ending,
    key: ({ run }) => run.error ?? '',
    show: ({ run }) => (
      <span className="line-clamp-6">{run.error ?? (runIsOver(run.status) ? strings.nothingSaid : '–')}</span>
    ),
  },
  { name: strings.asked, optional: true, key: askedOf, show: (detail) => askedOf(detail) || '–' },
  { name: strings.executor, key: executorOf, show: executorOf },
  {
    name: strings.started,
    // No two attempts begin at one time: that is no difference between them.
    key: () => '',
    show: ({ run }) => (run.startedAt === null ? '–' : <Time at={run.startedAt} />),
  },
  {
    name: strings.worked,
    key: ({ run }) => Math.round(run.activeMs / 1_000),
    show: ({ run }) => (
      <span className="tabular-nums">{run.startedAt === null ? '–' : formatDuration(run.activeMs)}</span>
    ),
  },
  {
    name: strings.steps,
    key: ({ run }) => run.step,
    show: ({ run }) => (
      <span className="tabular-nums">{strings.stepsOf(run.step, run.execution.budget.steps)}</span>
    ),
  },
  {
    name: strings.tests,
    key: ({ run }) => `${String(run.testBefore?.exitCode)} ${String(run.testAfter?.exitCode)}`,
    show: ({ run }) => (
      <span className="inline-flex items-baseline gap-6">
        <TestWord test={run.testBefore} quiet />
        <span className="text-ink-3">→</span>
        <TestWord test={run.testAfter} />
      </span>
    ),
  },
  {
    name: strings.changes,
    key: ({ run }) => `${String(run.filesChanged)} ${String(run.additions)} ${String(run.deletions)}`,
    show: ({ run }) => (
      <Changes files={run.filesChanged} additions={run.additions} deletions={run.deletions} />
    ),
  },
  {
    name: strings.tokens,
    key: ({ run }) => run.tokensIn + run.tokensOut,
    show: ({ run }) => (
      <span className="tabular-nums">
        {run.tokensIn + run.tokensOut > 0 ? formatTokens(run.tokensIn + run.tokensOut) : '–'}
      </span>
    ),
  },
  {
    name: strings.cost,
    key: ({ run }) => run.costMicroUsd,
    show: ({ run }) => (
      <span className="tabular-nums">
        {run.costMicroUsd > 0 ? formatCost({ ...run, tokensIn: 0, tokensOut: 0 }) : '–'}
      </span>
    ),
  },
];
