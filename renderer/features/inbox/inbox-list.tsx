import { RefreshCw } from 'lucide-react';
import { useMemo, type Ref } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { useRowHeight } from '../../app/shell-context.tsx';
import { Button } from '../../ui/button.tsx';
import type { useSteady } from '../../ui/use-steady.ts';
import { VirtualList, type ScrollMemory, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import type { Inbox, InboxItem } from './inbox-item.ts';
import { InboxRow } from './inbox-row.tsx';
import { strings } from './strings.ts';

const headingPx = 28;

/** What waits, section by section. While somebody reads it nothing moves; what is new is told above it. */
export function InboxList({
  steady,
  sections,
  total,
  selected,
  checked,
  memory,
  onSelect,
  onChecked,
  onOpen,
  ref,
}: {
  steady: ReturnType<typeof useSteady<InboxItem>>;
  sections: Inbox['sections'];
  total: number;
  selected: string | undefined;
  checked: ReadonlySet<string>;
  memory: ScrollMemory;
  onSelect: (item: InboxItem) => void;
  onChecked: (checked: ReadonlySet<string>) => void;
  onOpen: (item: InboxItem) => void;
  ref: Ref<VirtualListHandle>;
}) {
  const { items, held, refresh, watch } = steady;
  const rowHeight = useRowHeight();
  /** By the key of the first item of each section. */
  const headings = useMemo(() => {
    const found = new Map<string, { name: string; total: number }>();
    let before: string | undefined;
    for (const { key, section } of items) {
      if (section !== before)
        found.set(key, {
          name: labels.inboxSection[section],
          total: sections.find((each) => each.section === section)?.total ?? 0,
        });
      before = section;
    }
    return found;
  }, [items, sections]);
  return (
    <div className="flex min-h-0 flex-1 flex-col" {...watch}>
      {held > 0 ? (
        <div className="flex shrink-0 justify-center border-b border-line py-4">
          <Button size="small" variant="ghost" icon={RefreshCw} keys="Shift+r" onClick={refresh}>
            {strings.held(held)}
          </Button>
        </div>
      ) : null}
      <VirtualList
        ref={ref}
        label={strings.list}
        items={items}
        itemKey={({ key }) => key}
        rowHeight={({ key }) => rowHeight + 24 + (headings.has(key) ? headingPx : 0)}
        selected={selected}
        checked={checked}
        onCheckedChange={onChecked}
        memory={memory}
        onSelect={(_key, chosen) => {
          onSelect(chosen);
        }}
        onOpen={onOpen}
        rowClassName="border-b border-line"
        renderRow={(row, state) => (
          <InboxRow item={row} heading={headings.get(row.key)} checked={state.checked} />
        )}
      />
      {total > items.length ? (
        <p className="shrink-0 border-t border-line px-16 py-8 text-meta text-ink-3">
          {strings.more(total - items.length)}
        </p>
      ) : null}
    </div>
  );
}
