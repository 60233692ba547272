import { useRef, type ReactNode } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { useScrollMemory, useSearchValue } from '../../app/router-context.tsx';
import { useRowHeight } from '../../app/shell-context.tsx';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { strings } from './strings.ts';

/** Rows that are opened, and that one key does something with: what was snoozed, and what was decided. */
export function RowList<Item>({
  label,
  items,
  keyOf,
  renderRow,
  onOpen,
  act,
}: {
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string;
  renderRow: (item: Item) => ReactNode;
  onOpen: (item: Item) => void;
  act: {
    readonly id: string;
    readonly title: string;
    readonly keys: string;
    /** Why it cannot be done with this row. */
    readonly against: (item: Item) => string | undefined;
    readonly run: (item: Item) => void;
  };
}) {
  const rowHeight = useRowHeight();
  const [chosen, choose] = useSearchValue('row');
  const memory = useScrollMemory(label);
  const list = useRef<VirtualListHandle>(null);
  const at = items.findIndex((each) => keyOf(each) === chosen);
  const item = items[at];
  const step = (by: number): void => {
    const next = items[Math.min(items.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    choose(keyOf(next));
    list.current?.scrollTo(keyOf(next));
  };
  const base = { group: strings.group, scope: 'view' } as const;
  useActions([
    {
      ...base,
      id: 'inbox.next',
      title: strings.next,
      keys: ['j', 'ArrowDown'],
      listed: false,
      repeats: true,
      run: () => {
        step(1);
      },
    },
    {
      ...base,
      id: 'inbox.previous',
      title: strings.previous,
      keys: ['k', 'ArrowUp'],
      listed: false,
      repeats: true,
      run: () => {
        step(-1);
      },
    },
    {
      ...base,
      id: 'inbox.open',
      title: strings.open,
      keys: 'Enter',
      unavailable: item === undefined ? strings.chooseRow : undefined,
      run: () => {
        if (item !== undefined) onOpen(item);
      },
    },
    {
      ...base,
      id: act.id,
      title: act.title,
      keys: act.keys,
      unavailable: item === undefined ? strings.chooseRow : act.against(item),
      run: () => {
        if (item !== undefined) act.run(item);
      },
    },
  ]);
  return (
    <VirtualList
      ref={list}
      kind="grid"
      label={label}
      items={items}
      itemKey={keyOf}
      rowHeight={rowHeight + 24}
      selected={item === undefined ? undefined : chosen}
      memory={memory}
      onSelect={(key) => {
        choose(key);
      }}
      onOpen={onOpen}
      rowClassName="border-b border-line"
      renderRow={(row) => (
        <div className="mx-auto flex min-h-[calc(var(--spacing-row)+23px)] max-w-[892px] items-center gap-16 px-16 py-[calc(var(--spacing-row-pad)-2px)]">
          {renderRow(row)}
        </div>
      )}
    />
  );
}
