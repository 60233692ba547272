import type { Ref } from 'react';
import { useRowHeight } from '../../app/shell-context.tsx';
import { cx } from '../../ui/cx.ts';
import { VirtualList, type ScrollMemory, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { columns, fromMedium, IntentRow } from './intent-row.tsx';
import type { IntentRow as Row } from './intent-types.ts';
import { strings } from './strings.ts';

const words = strings.columns;

export interface IntentTableProps {
  readonly rows: readonly Row[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onPeek: (id: string) => void;
  readonly onEnable: (row: Row, enabled: boolean) => void;
  readonly memory: ScrollMemory;
  readonly ref?: Ref<VirtualListHandle> | undefined;
}

export function IntentTable({
  rows,
  selected,
  onSelect,
  onOpen,
  onPeek,
  onEnable,
  memory,
  ref,
}: IntentTableProps) {
  return (
    <div className="@container/schedule flex min-h-0 flex-1 flex-col">
      {/* The rows say the same to who cannot see the heads. */}
      <div
        aria-hidden
        className={cx(
          columns,
          'h-row shrink-0 border-b border-line text-meta text-ink-3 [scrollbar-gutter:stable]',
        )}
      >
        <span>{words.name}</span>
        <span>{words.when}</span>
        <span>{words.next}</span>
        <span>
          <span className={fromMedium}>{words.last}</span>
        </span>
        <span className={fromMedium}>{words.history}</span>
        <span className={fromMedium}>{words.missed}</span>
        <span>{words.enabled}</span>
      </div>
      <VirtualList
        ref={ref}
        kind="grid"
        label={strings.list}
        items={rows}
        itemKey={({ id }) => id}
        rowHeight={useRowHeight() + 8}
        selected={selected}
        onSelect={onSelect}
        onOpen={({ id }) => {
          onOpen(id);
        }}
        onPeek={({ id }) => {
          onPeek(id);
        }}
        memory={memory}
        renderRow={(row) => <IntentRow row={row} onEnable={onEnable} />}
      />
    </div>
  );
}
