import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { cx } from '../../ui/cx.ts';
import type { DiffRowProps } from './diff-row-props.ts';
import { DiffRowView, RowFileHead } from './diff-row-view.tsx';
import type { DiffFile } from './diff-file.ts';
import type { DiffRow } from './diff-rows.ts';
import { strings } from './strings.ts';
import { useHighlight } from './use-highlight.ts';

/**
 * The whole diff as one scrolling document of lines, of which only those in sight exist. Lines have one height unless they wrap
 * or carry a comment, so colours that come later move nothing.
 */
export interface DiffPaneProps extends DiffRowProps {
  readonly rows: readonly DiffRow[];
  readonly cursor: number;
  readonly onCursor: (index: number) => void;
  readonly onFileInView: (path: string) => void;
  readonly ref?: Ref<DiffPaneHandle> | undefined;
}
export interface DiffPaneHandle {
  reveal(index: number, align?: 'start' | 'auto' | 'center'): void;
  focus(): void;
}

const heights: Record<DiffRow['kind'], number> = {
  file: 36,
  note: 36,
  hunk: 28,
  rest: 28,
  line: 20,
  pair: 20,
  plain: 20,
  comment: 120,
};

function heightOf(row: DiffRow | undefined): number {
  return heights[row?.kind ?? 'line'];
}

/** Characters of the longest line, so that unwrapped code can be scrolled sideways to its end. */
function longestLine(rows: readonly DiffRow[]): number {
  return rows.reduce((most, row) => (row.kind === 'line' ? Math.max(most, row.line.text.length) : most), 0);
}

export function DiffPane({ ref, ...props }: DiffPaneProps) {
  const { rows, wrap, cursor, onFileInView } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // New functions make it measure every row again: they change with the rows, and not while they are scrolled.
  const estimateSize = useCallback((index: number) => heightOf(rows[index]), [rows]);
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const list = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    overscan: 20,
    scrollPaddingStart: 36,
  });
  const shown = list.getVirtualItems();
  useEffect(() => {
    list.measure();
  }, [wrap, list]);

  const files = useMemo(() => {
    const starts: { file: DiffFile; index: number; open: boolean; out: boolean }[] = [];
    rows.forEach((row, index) => {
      if (row.kind === 'file') starts.push({ file: row.file, index, open: row.open, out: row.out });
    });
    return starts;
  }, [rows]);
  const offset = list.scrollOffset ?? 0;
  const firstShown = shown.find((item) => item.end > offset)?.index ?? 0;
  const current = files.findLast(({ index }) => index <= firstShown);
  const currentPath = current?.file.path;
  useEffect(() => {
    if (currentPath !== undefined) onFileInView(currentPath);
  }, [currentPath, onFileInView]);

  const inSight = useMemo(
    () => {
      const seen = new Set<DiffFile>();
      for (const item of shown) {
        const row = rows[item.index];
        if (row && row.kind !== 'file' && row.kind !== 'note' && row.kind !== 'rest') seen.add(row.file);
      }
      return [...seen];
    },
    [rows, shown[0]?.index, shown.at(-1)?.index], // eslint-disable-line react-hooks/exhaustive-deps -- the range says it all
  );
  const tokensOf = useHighlight(inSight);
  const longest = useMemo(() => (wrap ? 0 : Math.min(longestLine(rows), 2_000)), [rows, wrap]);

  useImperativeHandle(ref, () => ({
    reveal: (index, align = 'auto') => {
      list.scrollToIndex(index, { align });
    },
    focus: () => scroller.current?.focus({ preventScroll: true }),
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
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = Math.min(rows.length - 1, Math.max(0, (cursor < 0 ? firstShown - step : cursor) + step));
    props.onCursor(next);
    list.scrollToIndex(next, { align: 'auto' });
  };
  const cursorShown = shown.some((item) => item.index === cursor);

  return (
    <div className="relative min-h-0 min-w-0 flex-1">
      <div
        ref={scroller}
        dir="ltr"
        role="group"
        aria-label={strings.diff.label}
        tabIndex={0}
        data-scope="list"
        data-ring="inset"
        aria-describedby={cursorShown ? `${id}-cursor` : undefined}
        onKeyDown={onKeyDown}
        className="group/diff absolute inset-0 overflow-auto overscroll-contain bg-code-surface outline-none @container/pane [overflow-anchor:none]"
      >
        {current && offset > 0 && current.open && list.getOffsetForIndex(current.index, 'start') ? (
          <div className="sticky start-0 top-0 z-5 h-0 w-[100cqw]">
            <RowFileHead
              row={current}
              props={{
                ...props,
                onToggle: (path) => {
                  props.onToggle(path);
                  list.scrollToIndex(current.index, { align: 'start' });
                },
              }}
            />
          </div>
        ) : null}
        <div
          className="relative w-full"
          style={{
            height: list.getTotalSize(),
            ...(longest > 0 ? { minWidth: `calc(${String(longest)} * 7.25px + 136px)` } : {}),
          }}
        >
          {shown.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const measured = wrap || row.kind === 'comment';
            return (
              <div
                key={item.key}
                data-index={item.index}
                data-cursor={item.index === cursor ? '' : undefined}
                ref={measured ? list.measureElement : undefined}
                id={item.index === cursor ? `${id}-cursor` : undefined}
                onClick={() => {
                  props.onCursor(item.index);
                }}
                style={{
                  transform: `translateY(${String(item.start)}px)`,
                  ...(measured ? {} : { height: item.size }),
                }}
                className={cx(
                  'group/row absolute top-0 start-0 w-full',
                  item.index === cursor && 'outline-2 -outline-offset-2 outline-focus',
                )}
              >
                {row.kind === 'line' || row.kind === 'pair' || row.kind === 'plain' ? (
                  <DiffRowView row={row} tokensOf={tokensOf} props={props} />
                ) : (
                  <div
                    className={cx(
                      'sticky start-0 h-full w-[100cqw]',
                      // What sticks lies above the outline of its row.
                      'group-data-[cursor]/row:outline-2 group-data-[cursor]/row:-outline-offset-2 group-data-[cursor]/row:outline-focus',
                    )}
                  >
                    <DiffRowView row={row} tokensOf={tokensOf} props={props} />
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
