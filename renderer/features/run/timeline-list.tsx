import { ArrowDown } from 'lucide-react';
import {
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { useRowHeight } from '../../app/shell-context.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { listStep } from '../../ui/list-step.ts';
import { strings } from './strings.ts';
import { useRowWindow } from './use-row-window.ts';

/** From this width on the bars of the outline have room. */
const roomyWidth = 640;

export interface TimelineListHandle {
  reveal(index: number): void;
  focus(): void;
}
export interface TimelineListProps {
  readonly count: number;
  /** Identity of rows, so that what is read stays in place when rows come or go above it. */
  readonly keyAt: (index: number) => string | undefined;
  readonly indexOf: (key: string) => number;
  readonly selectedIndex: number;
  readonly onSelectIndex: (index: number) => void;
  readonly onKey: (key: string) => boolean;
  /** `slot` is the key to render it with: a row that scrolls in takes over what one that scrolled out leaves. */
  readonly renderRow: (index: number, id: string, top: number, slot: number) => ReactNode;
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
  readonly fresh: number;
  /** The first rows come into view. */
  readonly onStart: () => void;
  readonly notice: ReactNode;
  /** Stands above the rows, in their columns. */
  readonly head?: ReactNode;
  /** Drawn behind the rows, and does not move with them. */
  readonly backdrop?: ReactNode;
  /** The rows that are in sight now, from the first to the last. */
  readonly onSight: (first: number, last: number) => void;
  readonly ref?: Ref<TimelineListHandle> | undefined;
}

/** The scrolling part of the timeline. It follows the end only while the reader is there and has not chosen a row. */
export function TimelineList({ ref, ...props }: TimelineListProps) {
  const { count, selectedIndex, follow, onFollow, onStart, onSight, keyAt, indexOf } = props;
  // Only a scroll of the reader's own may start following again.
  const moved = useRef(false);
  const top = useRef<{ key: string | undefined; index: number }>({ key: undefined, index: 0 });
  const id = useId();
  const rowHeight = useRowHeight();
  const { scroller, base, first, last, height, reveal, scrollBy, scrollToEnd, atEnd } = useRowWindow({
    count,
    rowHeight,
    onScroll: (element) => {
      const index = Math.floor(element.scrollTop / rowHeight);
      top.current = { key: keyAt(index), index };
      if (element.scrollTop < 4_000) onStart();
      if (!follow && moved.current && atEnd()) onFollow(true);
      onSight(index, index + Math.floor(element.clientHeight / rowHeight));
    },
  });
  useImperativeHandle(ref, () => ({
    reveal,
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (follow) {
      moved.current = false;
      scrollToEnd();
      onSight(count - Math.ceil(element.clientHeight / rowHeight), count - 1);
      return;
    }
    const { key, index } = top.current;
    if (key !== undefined && keyAt(index) !== key) {
      const found = indexOf(key);
      if (found >= 0 && found !== index) scrollBy(found - index);
    }
    const now = Math.floor(element.scrollTop / rowHeight);
    top.current = { key: keyAt(now), index: now };
    if (element.scrollTop < 4_000) onStart();
    onSight(now, now + Math.floor(element.clientHeight / rowHeight));
  }, [count, rowHeight, follow, keyAt, indexOf, onStart, onSight, scroller, scrollBy, scrollToEnd]);

  // A container query would ask this of every row that scrolls in; it is the same for all of them.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const sized = new ResizeObserver(() => {
      const frame = element.parentElement;
      frame?.toggleAttribute('data-roomy', element.clientWidth >= roomyWidth);
      // What stands in the columns of the rows ends where they do.
      frame?.style.setProperty('--bar', `${String(element.offsetWidth - element.clientWidth)}px`);
    });
    sized.observe(element);
    return () => {
      sized.disconnect();
    };
  }, [scroller]);

  const noteMove = (): void => {
    moved.current = true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / rowHeight) - 1);
    const from = selectedIndex < 0 && follow ? count : selectedIndex;
    const next = event.shiftKey ? undefined : listStep(event.key, from, count, page);
    if (next !== undefined) {
      props.onSelectIndex(next);
      reveal(next);
    } else if (!props.onKey(event.key)) return;
    event.preventDefault();
  };

  const rows: ReactNode[] = [];
  for (let index = first; index < last; index += 1)
    rows.push(props.renderRow(index, `${id}-${String(index)}`, index * rowHeight, index - base));
  return (
    <div className="group/timeline relative flex min-h-0 flex-1 flex-col">
      {props.head}
      {props.backdrop}
      <div
        ref={scroller}
        role="tree"
        aria-label={strings.timeline.label}
        aria-activedescendant={
          selectedIndex >= first && selectedIndex < last ? `${id}-${String(selectedIndex)}` : undefined
        }
        tabIndex={0}
        data-scope="list"
        data-ring="inset"
        onKeyDown={onKeyDown}
        onWheel={(event) => {
          noteMove();
          if (event.deltaY < 0) onFollow(false);
        }}
        onPointerDown={noteMove}
        className="group/rows relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-none [overflow-anchor:none]"
      >
        <div role="presentation" className="relative" style={{ height }}>
          {rows}
        </div>
      </div>
      {props.notice}
      {!follow && props.fresh > 0 ? (
        <button
          type="button"
          onClick={() => {
            onFollow(true);
          }}
          className="absolute bottom-12 left-1/2 inline-flex h-28 -translate-x-1/2 items-center gap-6 rounded-full border border-line bg-raised px-12 text-meta font-medium text-ink shadow-popover hover:bg-hover"
        >
          <span role="status">{strings.timeline.fresh(props.fresh)}</span>
          <ArrowDown aria-hidden size={14} strokeWidth={1.5} />
          <Kbd keys="f" quiet />
        </button>
      ) : null}
    </div>
  );
}
