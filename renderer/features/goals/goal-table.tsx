import type { Ref } from 'react';
import { useRowHeight } from '../../app/shell-context.tsx';
import { cx } from '../../ui/cx.ts';
import { VirtualList, type ScrollMemory, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { columns, fromMedium, fromWide } from './goal-columns.ts';
import { GoalLine } from './goal-line.tsx';
import type { TreeItem } from './goal-tree.ts';
import { strings } from './strings.ts';
import { NoteLine, WorkLine } from './work-line.tsx';

const words = strings.columns;

export interface GoalTableProps {
  readonly items: readonly TreeItem[];
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  readonly onOpen: (item: TreeItem) => void;
  readonly onBranch: (item: TreeItem, open: boolean) => void;
  readonly onToggle: (goalId: string, open: boolean) => void;
  readonly memory: ScrollMemory;
  readonly ref?: Ref<VirtualListHandle> | undefined;
}

/** Goals, what is below them, and what became of it. */
export function GoalTable({
  items,
  selected,
  onSelect,
  onOpen,
  onBranch,
  onToggle,
  memory,
  ref,
}: GoalTableProps) {
  const rowHeight = useRowHeight();
  return (
    <div className="@container/goals flex min-h-0 min-w-0 flex-1 flex-col">
      {/* The rows say the same to who cannot see the heads. */}
      <div
        aria-hidden
        className={cx(
          columns,
          'h-row shrink-0 border-b border-line text-meta text-ink-3 [scrollbar-gutter:stable]',
        )}
      >
        <span className="ps-28">{words.goal}</span>
        <span className={fromWide}>{words.measure}</span>
        <span className={cx(fromMedium, 'text-end')}>{words.figure}</span>
        <span className={fromWide}>{words.trend}</span>
        <span>{words.progress}</span>
        <span className={cx(fromWide, 'text-end')}>{words.proposals}</span>
        <span className="text-end">{words.target}</span>
      </div>
      <VirtualList
        ref={ref}
        kind="treegrid"
        label={strings.list}
        items={items}
        itemKey={({ key }) => key}
        rowHeight={({ kind }) => (kind === 'goal' ? rowHeight + 4 : rowHeight)}
        selected={selected}
        onSelect={onSelect}
        onOpen={onOpen}
        branch={(item) =>
          item.kind === 'goal' ? { level: item.level, open: item.expanded } : { level: item.level }
        }
        onBranch={onBranch}
        memory={memory}
        renderRow={(item) => {
          if (item.kind === 'goal')
            return (
              <GoalLine goal={item.goal} level={item.level} expanded={item.expanded} onToggle={onToggle} />
            );
          return item.kind === 'note' ? <NoteLine item={item} /> : <WorkLine item={item} />;
        }}
      />
    </div>
  );
}
