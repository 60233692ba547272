import { useNow } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { targetDay } from './goal-figures.ts';
import type { GoalRow } from './goal-types.ts';
import { isOpen } from './goal-tree.ts';
import { strings } from './strings.ts';

/** A target date; one that has gone by says by how much, while the goal is open. */
export function TargetDate({ goal }: { goal: Pick<GoalRow, 'targetDate' | 'status'> }) {
  const now = useNow(60_000);
  if (goal.targetDate === null) return null;
  const { words, over } = targetDay(goal.targetDate, now);
  const late = over > 0 && isOpen(goal);
  return (
    <time
      dateTime={goal.targetDate}
      title={late ? strings.over(over) : goal.targetDate}
      className={cx('whitespace-nowrap tabular-nums', late ? 'text-attention-text' : 'text-ink-2')}
    >
      {words}
      {late ? <span className="sr-only">, {strings.over(over)}</span> : null}
    </time>
  );
}
