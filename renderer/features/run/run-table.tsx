import {
  useCallback,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { useRowHeight } from '../../app/shell-context.tsx';
import { useClock } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { ContextMenu, type MenuEntry } from '../../ui/menu.tsx';
import type { ScrollMemory } from '../../ui/virtual-list.tsx';
import { dayLabel } from './day-label.ts';
import { dayBands } from './run-day-bands.ts';
import { nextRun, type RunListItem } from './run-days.ts';
import { columns, fromMedium, fromWide, RunTableRow } from './run-table-row.tsx';
import type { RunRow } from './run-types.ts';
import { strings } from './strings.ts';
import { useRowWindow } from './use-row-window.ts';

const words = strings.list.columns;

export interface RunTableHandle {
  focus(): void;
  /** Selects a run some places on, or back. */
  step(by: number): void;
  toTop(): void;
  /** Checks the selected run and the one it goes on to. */
  extend(by: number): void;
  /** Opens the menu of the selected run where it stands. */
  menu(): void;
}
export interface RunTableProps {
  readonly items: readonly RunListItem[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly checked: ReadonlySet<string>;
  readonly onChecked: (checked: ReadonlySet<string>) => void;
  readonly onOpen: (id: string) => void;
  /** A look at the selected run without leaving the list. */
  readonly onPeek: () => void;
  /** What can be done with the selected run; on a right press, and by the key for it. */
  readonly entries: readonly MenuEntry[];
  readonly stopping: string | null;
  readonly onStopping: (id: string | null) => void;
  readonly onStop: (row: RunRow) => void;
  /** The last rows have come into view. */
  readonly onEnd: () => void;
  readonly memory: ScrollMemory;
  readonly ref?: Ref<RunTableHandle> | undefined;
}

export function RunTable({ ref, ...props }: RunTableProps) {
  const { items, selected, onSelect, checked, onEnd, memory } = props;
  const id = useId();
  const now = useClock().now();
  const rowHeight = useRowHeight();
  const { scroller, first, last, height, reveal } = useRowWindow({
    count: items.length,
    rowHeight,
    head: rowHeight,
    // The heading of the day.
    covered: rowHeight,
    initial: memory.read(),
    onScroll: (element) => {
      memory.write(element.scrollTop);
      if (element.scrollHeight - element.scrollTop - element.clientHeight < 1_000) onEnd();
    },
  });
  const index = items.findIndex((item) => item.key === selected);
  const select = (next: number): void => {
    const item = items[next];
    if (item?.kind !== 'run') return;
    onSelect(item.key);
    reveal(next);
  };
  const latest = useRef({ items, index, checked, onChecked: props.onChecked, onSelect });
  useLayoutEffect(() => {
    latest.current = { items, index, checked, onChecked: props.onChecked, onSelect };
  });
  // One function for all renderings: a row renders for itself alone.
  const onCheck = useCallback((key: string, range: boolean) => {
    const now = latest.current;
    const to = now.items.findIndex((item) => item.key === key);
    const between = now.items.slice(Math.min(now.index, to), Math.max(now.index, to) + 1);
    if (range && now.index >= 0)
      now.onChecked(
        new Set([...now.checked, ...between.flatMap((item) => (item.kind === 'run' ? [item.key] : []))]),
      );
    else now.onChecked(toggledKey(now.checked, key));
    now.onSelect(key);
  }, []);
  useImperativeHandle(ref, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    step: (by) => {
      select(nextRun(items, index, by));
    },
    toTop: () => scroller.current?.scrollTo({ top: 0, behavior: 'instant' }),
    extend: (by) => {
      const next = nextRun(items, index, by);
      const both = [items[index], items[next]].flatMap((item) => (item?.kind === 'run' ? [item.key] : []));
      props.onChecked(new Set([...checked, ...both]));
      select(next);
    },
    menu: () => {
      const row = scroller.current?.querySelector('[data-selected]');
      const box = row?.getBoundingClientRect();
      row?.dispatchEvent(
        new MouseEvent('contextmenu', {
          bubbles: true,
          cancelable: true,
          clientX: (box?.left ?? 0) + 160,
          clientY: box?.bottom ?? 0,
        }),
      );
    },
  }));
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (
      event.target !== event.currentTarget ||
      event.metaKey ||
      event.ctrlKey ||
      event.altKey ||
      event.shiftKey
    )
      return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / rowHeight) - 2);
    const steps: Record<string, number> = {
      j: 1,
      ArrowDown: 1,
      k: -1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -items.length,
      End: items.length,
    };
    const step = steps[event.key];
    if (step !== undefined) select(nextRun(items, index, step));
    else if (event.key === 'Enter' && selected !== null) props.onOpen(selected);
    else if (event.key === ' ' && selected !== null) props.onPeek();
    else return;
    event.preventDefault();
  };

  const shown = items.slice(first, last);
  return (
    <div className="@container/runs flex min-h-0 flex-1 flex-col">
      <ContextMenu entries={props.entries}>
        <div
          ref={scroller}
          role="grid"
          aria-label={strings.list.label}
          aria-multiselectable
          aria-rowcount={items.length + 1}
          aria-activedescendant={index >= first && index < last ? `${id}-${String(index)}` : undefined}
          tabIndex={0}
          data-scope="list"
          data-scroll={memory.name}
          data-ring="inset"
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            if (
              event.target === event.currentTarget &&
              index < 0 &&
              event.currentTarget.matches(':focus-visible')
            )
              select(nextRun(items, -1, 1));
          }}
          className="group/runs relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-none [overflow-anchor:none]"
        >
          <div role="rowgroup" className="sticky top-0 z-10 bg-canvas">
            <div
              role="row"
              aria-rowindex={1}
              className={cx(columns, 'h-row items-center border-b border-line text-meta text-ink-3')}
            >
              <span role="columnheader">{words.status}</span>
              <span role="columnheader">{words.run}</span>
              <span role="columnheader">{words.doing}</span>
              <span role="columnheader" className={fromWide}>
                {words.project}
              </span>
              <span role="columnheader" className={fromWide}>
                {words.account}
              </span>
              <span role="columnheader" className="text-end">
                {words.elapsed}
              </span>
              <span role="columnheader" className={cx(fromMedium, 'text-end')}>
                {words.changes}
              </span>
              <span role="columnheader" className={fromMedium}>
                {words.tests}
              </span>
              <span role="columnheader" className={cx(fromWide, 'text-end')}>
                {words.cost}
              </span>
            </div>
          </div>
          <div role="rowgroup" className="relative" style={{ height }}>
            {dayBands(items, first, last).map((band) => (
              <div
                key={band.key}
                role="presentation"
                className="pointer-events-none absolute inset-x-0"
                style={{ top: band.top * rowHeight, height: band.rows * rowHeight }}
              >
                <div
                  role="row"
                  aria-rowindex={band.top + 2}
                  className="sticky top-row z-5 flex h-row items-end border-b border-line bg-canvas px-12 pb-6 text-meta font-medium text-ink-2"
                >
                  <span role="gridcell">
                    {dayLabel(band.day, now)}
                    <span className="ms-8 font-regular text-ink-3">{band.count}</span>
                  </span>
                </div>
              </div>
            ))}
            {shown.map((item, offset) =>
              item.kind === 'day' ? null : (
                <RunTableRow
                  key={item.key}
                  id={`${id}-${String(first + offset)}`}
                  index={first + offset}
                  top={(first + offset) * rowHeight}
                  row={item.row}
                  selected={item.key === selected}
                  stopping={item.key === props.stopping}
                  checked={checked.has(item.key)}
                  checking={checked.size > 0}
                  onCheck={onCheck}
                  onSelect={onSelect}
                  onOpen={props.onOpen}
                  onStopping={props.onStopping}
                  onStop={props.onStop}
                />
              ),
            )}
          </div>
          {checked.size > 0 ? <div className="h-[72px]" /> : null}
        </div>
      </ContextMenu>
    </div>
  );
}

export function toggledKey(checked: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(checked);
  if (!next.delete(key)) next.add(key);
  return next;
}
