import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { cx } from '../../ui/cx.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { StatusGlyph, type GlyphShape } from '../../ui/status-glyph.tsx';
import { columns, fromMedium, fromWide } from './goal-columns.ts';
import { formatMeasure } from './goal-figures.ts';
import type { GoalRow } from './goal-types.ts';
import { strings } from './strings.ts';
import { TargetDate } from './target-date.tsx';

const shapes: Record<Exclude<GoalRow['status'], 'active'>, GlyphShape> = {
  paused: 'pause',
  achieved: 'check',
  dropped: 'square',
};

/** How a goal stands, where there is something to say: a shape with its word. */
export function GoalStanding({ goal }: { goal: Pick<GoalRow, 'status' | 'stale'> }) {
  if (goal.status === 'active' && !goal.stale) return null;
  const [shape, word] =
    goal.status === 'active'
      ? (['hourglass', strings.stale] as const)
      : ([shapes[goal.status], labels.goalStatus[goal.status]] as const);
  return (
    <span className="inline-flex shrink-0 items-center gap-4 text-meta text-ink-2">
      <StatusGlyph shape={shape} />
      {word}
    </span>
  );
}

export const GoalLine = memo(function GoalLine({
  goal,
  level,
  expanded,
  onToggle,
}: {
  readonly goal: GoalRow;
  readonly level: number;
  readonly expanded: boolean;
  readonly onToggle: (id: string, open: boolean) => void;
}) {
  const over = goal.status === 'achieved' || goal.status === 'dropped';
  const figure = formatMeasure(goal);
  return (
    <div role="presentation" className={cx(columns, 'h-[calc(var(--spacing-row)+4px)]')}>
      <div
        role="gridcell"
        className="flex min-w-0 items-center gap-6"
        style={{ paddingLeft: (level - 1) * 20 }}
        title={goal.title}
      >
        <button
          type="button"
          tabIndex={-1}
          aria-label={expanded ? strings.collapse : strings.expand}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(goal.id, !expanded);
          }}
          onDoubleClick={(event) => {
            event.stopPropagation();
          }}
          className="inline-flex size-24 shrink-0 items-center justify-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
        >
          <ChevronRight
            aria-hidden
            size={16}
            strokeWidth={1.5}
            className={cx('transition-transform duration-fast', expanded && 'rotate-90')}
          />
        </button>
        <span className={cx('truncate font-medium', over ? 'text-ink-2' : 'text-ink')}>{goal.title}</span>
        <GoalStanding goal={goal} />
      </div>
      <div role="gridcell" className={cx(fromWide, 'truncate text-ink-2')} title={goal.measure?.name}>
        {goal.measure?.name}
      </div>
      <div
        role="gridcell"
        className={cx(fromMedium, 'truncate text-end tabular-nums')}
        title={figure === undefined || goal.reading ? figure : `${figure}, ${strings.unread}`}
      >
        {figure === undefined ? null : (
          <span className={goal.reading ? 'text-ink' : 'text-ink-3'}>{figure}</span>
        )}
      </div>
      <div role="gridcell" className={fromWide}>
        {goal.trend.length > 1 ? (
          <Sparkline values={goal.trend} label={strings.trendLabel(goal.trend)} />
        ) : null}
      </div>
      <div role="gridcell" className="flex min-w-0 items-center gap-8" title={goal.why}>
        <ProgressBar
          percent={goal.progress}
          known={goal.basis !== 'nothing'}
          label={`${strings.columns.progress}: ${goal.title}`}
        />
        <span className="w-36 shrink-0 text-end text-meta text-ink tabular-nums">
          {goal.basis === 'nothing' ? <span className="text-ink-3">–</span> : `${String(goal.progress)} %`}
        </span>
      </div>
      <div role="gridcell" className={cx(fromWide, 'truncate text-end text-ink-2 tabular-nums')}>
        {goal.proposals.all === 0 ? null : strings.proposals(goal.proposals.all, goal.proposals.done)}
      </div>
      <div role="gridcell" className="text-end text-meta">
        <TargetDate goal={goal} />
      </div>
    </div>
  );
});
