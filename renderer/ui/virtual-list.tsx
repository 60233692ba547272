import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { cx } from './cx.ts';
import { listStep } from './list-step.ts';

/**
 * A list of any length. The reader owns the viewport:
 * - rows have stable keys, and what is being read keeps its place when rows come or go above it;
 * - with `follow` the list stays at its end only while the reader is there; otherwise a pill counts what is new;
 * - j/k, arrows, Home, End, PageUp and PageDown move; Enter opens; Space peeks; x checks; Shift extends.
 *
 * "listbox" rows are plain content. Rows that hold controls of their own need "grid". A list that only shows is "list".
 */
export interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly itemKey: (item: Item) => string;
  /** Row height in pixels; rows are measured, so it may be wrong, but a right value saves a layout. */
  readonly rowHeight: number | ((item: Item, index: number) => number);
  readonly renderRow: (item: Item, state: RowState) => ReactNode;
  readonly kind?: 'listbox' | 'grid' | 'list' | 'treegrid' | undefined;
  /** Of a "treegrid": how deep a row stands, from 1, and whether it is open; undefined where nothing is below. Its rows draw their own gridcells. */
  readonly branch?:
    ((item: Item) => { readonly level: number; readonly open?: boolean | undefined }) | undefined;
  /** → and ← on the active row of a "treegrid": to open it, to close it or leave it. */
  readonly onBranch?: ((item: Item, open: boolean) => void) | undefined;
  readonly selected?: string | null | undefined;
  readonly onSelect?: ((key: string, item: Item) => void) | undefined;
  readonly onOpen?: ((item: Item) => void) | undefined;
  readonly onPeek?: ((item: Item) => void) | undefined;
  readonly checked?: ReadonlySet<string> | undefined;
  readonly onCheckedChange?: ((checked: ReadonlySet<string>) => void) | undefined;
  readonly follow?: boolean | undefined;
  /** Remembers where the reader was: read once on mount, written when scrolling ends. */
  readonly memory?: ScrollMemory | undefined;
  readonly gap?: number | undefined;
  readonly padding?: number | undefined;
  readonly className?: string | undefined;
  readonly rowClassName?: string | undefined;
  readonly ref?: Ref<VirtualListHandle> | undefined;
}
export interface RowState {
  readonly index: number;
  readonly selected: boolean;
  readonly checked: boolean;
}
export interface ScrollMemory {
  /** Marks the element, so that content that comes late is waited for. */
  readonly name: string;
  read(): number;
  write(offset: number): void;
}
export interface VirtualListHandle {
  focus(): void;
  scrollTo(key: string): void;
  scrollToEnd(): void;
}

const roles = {
  listbox: ['listbox', 'option'],
  grid: ['grid', 'row'],
  treegrid: ['treegrid', 'row'],
  list: ['list', 'listitem'],
} as const;

export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { items, itemKey, rowHeight, kind = 'listbox', selected = null, follow = false, memory } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [fresh, setFresh] = useState(0);
  const [role, rowRole] = roles[kind];
  const movable = kind !== 'list';
  const inGrid = kind === 'grid' || kind === 'treegrid';

  const list = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const item = items[index];
      return typeof rowHeight === 'number' ? rowHeight : item === undefined ? 32 : rowHeight(item, index);
    },
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : itemKey(item);
    },
    overscan: 8,
    gap: props.gap ?? 0,
    paddingStart: props.padding ?? 0,
    paddingEnd: props.padding ?? 0,
    anchorTo: follow ? 'end' : 'start',
    followOnAppend: follow,
    scrollEndThreshold: 24,
    initialOffset: () => memory?.read() ?? 0,
    onChange: (instance, scrolling) => {
      if (!scrolling && instance.scrollOffset !== null) memory?.write(instance.scrollOffset);
      if (follow && instance.isAtEnd(24)) setFresh(0);
    },
  });
  const keyAt = (at: number): string => {
    const item = items[at];
    return item === undefined ? '' : itemKey(item);
  };
  useFollow(list, { count: items.length, at: keyAt }, follow, memory, setFresh);

  const index = selected === null ? -1 : items.findIndex((item) => itemKey(item) === selected);
  const active = items[index];

  const select = useCallback(
    (next: number): void => {
      const item = items[next];
      if (item === undefined) return;
      props.onSelect?.(itemKey(item), item);
      list.scrollToIndex(next, { align: 'auto' });
    },
    [items, itemKey, list, props],
  );
  const toggle = (...indexes: number[]): void => {
    if (!props.onCheckedChange) return;
    const next = new Set(props.checked);
    const keys = indexes.flatMap((each) => items[each] ?? []).map(itemKey);
    if (keys.length === 1 && keys[0] !== undefined && next.has(keys[0])) next.delete(keys[0]);
    else for (const key of keys) next.add(key);
    props.onCheckedChange(next);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    // Keys typed into a control inside a row belong to that control.
    if (!movable || event.target !== event.currentTarget || event.defaultPrevented) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const page = Math.max(
      1,
      Math.floor((scroller.current?.clientHeight ?? 320) / (list.getVirtualItems()[0]?.size ?? 32)) - 1,
    );
    const next = listStep(event.key, index, items.length, page);
    if (next !== undefined) {
      if (event.shiftKey && index >= 0 && props.onCheckedChange) toggle(index, next);
      select(next);
    } else if (event.key === 'Enter' && event.shiftKey) {
      // A view's own, such as Run now of the schedule.
      return;
    } else if (event.key === 'Enter' && active !== undefined && props.onOpen) props.onOpen(active);
    else if (event.key === ' ' && active !== undefined && props.onPeek) props.onPeek(active);
    else if (
      (event.key === 'ArrowRight' || event.key === 'ArrowLeft') &&
      active !== undefined &&
      props.onBranch
    )
      props.onBranch(active, event.key === 'ArrowRight');
    else if (event.key === 'x' && index >= 0 && props.onCheckedChange) toggle(index);
    else return;
    event.preventDefault();
  };

  useImperativeHandle(props.ref, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    scrollTo(key) {
      const found = items.findIndex((item) => itemKey(item) === key);
      if (found >= 0) list.scrollToIndex(found, { align: 'auto' });
    },
    scrollToEnd: () => {
      list.scrollToEnd();
    },
  }));

  const rows = list.getVirtualItems();
  // Assistive technology follows the active row by its id, which exists only while the row is rendered.
  const activeShown = rows.some((row) => row.index === index);
  return (
    <div className={cx('relative min-h-0 min-w-0 flex-1', props.className)}>
      <div
        ref={scroller}
        role={role}
        aria-label={props.label}
        aria-rowcount={inGrid ? items.length : undefined}
        aria-multiselectable={props.onCheckedChange ? true : undefined}
        aria-activedescendant={movable && activeShown ? `${id}-${String(index)}` : undefined}
        tabIndex={0}
        data-scope="list"
        data-scroll={memory?.name}
        data-ring="inset"
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (
            movable &&
            event.target === event.currentTarget &&
            index < 0 &&
            items.length > 0 &&
            event.currentTarget.matches(':focus-visible')
          )
            select(rows[0]?.index ?? 0);
        }}
        className={cx(
          'group/list absolute inset-0 overflow-y-auto overscroll-contain [overflow-anchor:none]',
          // The ring is on the active row; where there is none it is on the list itself.
          index >= 0 && 'outline-none',
        )}
      >
        <div role="presentation" className="relative w-full" style={{ height: list.getTotalSize() }}>
          {rows.map((row) => {
            const item = items[row.index];
            if (item === undefined) return null;
            const key = itemKey(item);
            const state = {
              index: row.index,
              selected: row.index === index,
              checked: props.checked?.has(key) ?? false,
            };
            const content = props.renderRow(item, state);
            const branch = props.branch?.(item);
            return (
              <div
                key={row.key}
                ref={list.measureElement}
                id={`${id}-${String(row.index)}`}
                role={rowRole}
                data-index={row.index}
                data-selected={state.selected || undefined}
                aria-selected={movable ? (props.onCheckedChange ? state.checked : state.selected) : undefined}
                aria-rowindex={inGrid ? row.index + 1 : undefined}
                aria-level={branch?.level}
                aria-expanded={branch?.open}
                aria-posinset={inGrid ? undefined : row.index + 1}
                aria-setsize={inGrid ? undefined : items.length}
                onClick={() => {
                  if (movable) props.onSelect?.(key, item);
                }}
                onDoubleClick={() => props.onOpen?.(item)}
                style={{ transform: `translateY(${String(row.start)}px)` }}
                className={cx(
                  'absolute top-0 start-0 w-full',
                  movable &&
                    'hover:bg-hover data-selected:bg-selected group-focus-visible/list:data-selected:outline-2 group-focus-visible/list:data-selected:-outline-offset-2 group-focus-visible/list:data-selected:outline-focus',
                  props.rowClassName,
                )}
              >
                {kind === 'grid' ? <div role="gridcell">{content}</div> : content}
              </div>
            );
          })}
        </div>
      </div>
      <span role="status" className="sr-only">
        {follow && fresh > 0 ? `${String(fresh)} new below` : ''}
      </span>
      {follow && fresh > 0 ? (
        <button
          type="button"
          onClick={() => {
            list.scrollToEnd();
            setFresh(0);
          }}
          className="absolute bottom-12 left-1/2 inline-flex h-28 -translate-x-1/2 items-center gap-6 rounded-full border border-line bg-raised px-12 text-meta font-medium text-ink shadow-popover hover:bg-hover"
        >
          {fresh} new
          <ArrowDown aria-hidden size={14} strokeWidth={1.5} />
        </button>
      ) : null}
    </div>
  );
}

/** Starts at the end, and counts what is appended while the reader is elsewhere; rows loaded above do not count. */
function useFollow(
  list: Virtualizer<HTMLDivElement, HTMLDivElement>,
  keys: { readonly count: number; readonly at: (index: number) => string },
  follow: boolean,
  memory: ScrollMemory | undefined,
  setFresh: (update: (fresh: number) => number) => void,
): void {
  const end = useRef<string>(undefined);
  const atEnd = useRef(true);
  const last = keys.count > 0 ? keys.at(keys.count - 1) : undefined;
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (follow && !memory?.read()) list.scrollToEnd();
  }, [follow, list, memory]);
  useEffect(() => {
    const { count, at } = latest.current;
    const seen = end.current;
    end.current = last;
    if (!follow || seen === undefined || atEnd.current) return;
    let added = 0;
    while (added < count && at(count - 1 - added) !== seen) added += 1;
    // The row that was last is gone: the list was replaced, and nothing can be said to be new.
    if (added < count && added > 0) setFresh((fresh) => fresh + added);
  }, [last, follow, setFresh]);
  // Runs after the counting above: what it notes is where the reader stood before the next rows came.
  useEffect(() => {
    atEnd.current = list.isAtEnd(24);
  });
}
