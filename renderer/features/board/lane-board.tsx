import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { Stage } from '../../../preload/contract/moves.ts';
import { useScrollMemory } from '../../app/router-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { useCursorState, useLanes, useLanesState } from './board-context.tsx';
import { ColumnHeader } from './column-header.tsx';
import { LaneCell } from './lane-cell.tsx';
import { LaneHead } from './lane-head.tsx';
import { laneRows } from './lane-rows.ts';
import { cellKey } from './lane-store.ts';
import { moveTo } from './move-rules.ts';
import { strings } from './strings.ts';

export interface LaneBoardProps {
  readonly shown: readonly Stage[];
  readonly onOpen: (id: string) => void;
}

/** The names of the stages stay at the top of what scrolls. */
const headerHeight = 32;

/** The stages side by side, divided into lanes that scroll together; only the lines in sight are there. */
export function LaneBoard({ shown, onOpen }: LaneBoardProps) {
  const store = useLanes();
  const lanes = useLanesState((state) => state.lanes);
  const folded = useLanesState((state) => state.folded);
  const failure = useLanesState((state) => state.failure);
  const held = useLanesState((state) => state.held.size);
  const from = useCursorState((state) => state.drag?.from);
  const focused = useCursorState((state) => state.focused);
  const moves = useCursorState((state) => state.moves);
  const scroller = useRef<HTMLDivElement>(null);
  const memory = useScrollMemory('board lanes');
  const rows = useMemo(() => laneRows(lanes ?? [], folded, shown), [lanes, folded, shown]);
  const columns = { gridTemplateColumns: `repeat(${String(shown.length)}, minmax(0, 1fr))` };

  const list = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? 36 : 92),
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined
        ? index
        : row.kind === 'head'
          ? row.lane.key
          : `${row.lane.key} ${String(row.row)}`;
    },
    overscan: 4,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight + 4,
    gap: 8,
    paddingEnd: 12,
    initialOffset: () => memory.read(),
    onChange: (instance, scrolling) => {
      if (!scrolling && instance.scrollOffset !== null) memory.write(instance.scrollOffset);
    },
  });
  useEffect(() => {
    if (moves === 0 || focused === undefined) return;
    const { cells } = store.store.getState();
    const at = rows.findIndex(
      (row) =>
        row.kind === 'cards' &&
        shown.some((stage) => cells.get(cellKey(row.lane.key, stage))?.ids[row.row] === focused),
    );
    if (at >= 0) list.scrollToIndex(at, { align: 'auto' });
  }, [moves]); // eslint-disable-line react-hooks/exhaustive-deps -- only a move scrolls: a card that comes or goes must not

  return (
    <div style={{ minWidth: shown.length * 216 }} className="relative flex min-h-0 flex-1 flex-col">
      {held > 0 ? (
        <Button
          size="small"
          className="absolute top-36 left-1/2 z-20 -translate-x-1/2 shadow-popover"
          onClick={store.refresh}
        >
          {strings.changed(held)}
        </Button>
      ) : null}
      {failure ? (
        <ErrorBar
          message={strings.lanes.failed}
          hint={`${failure.message} ${failure.hint ?? ''}`}
          onRetry={store.reread}
        />
      ) : null}
      <div
        ref={scroller}
        onPointerEnter={() => {
          store.setBusy('pointer', true);
        }}
        onPointerLeave={() => {
          store.setBusy('pointer', false);
        }}
        onFocus={() => {
          store.setBusy('focus', true);
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) store.setBusy('focus', false);
        }}
        data-scope="list"
        data-scroller
        data-scroll={memory.name}
        className="relative min-h-0 flex-1 overflow-y-scroll overscroll-contain -mx-2 px-2 [overflow-anchor:none]"
      >
        <div style={columns} className="sticky top-0 z-10 grid gap-12 bg-canvas pb-4">
          {shown.map((stage) => {
            const move = from === undefined || from === stage ? undefined : moveTo(from, stage);
            return (
              <ColumnHeader
                key={stage}
                stage={stage}
                refusal={move !== undefined && 'reason' in move ? move.reason : undefined}
                onFold={undefined}
              />
            );
          })}
        </div>
        {lanes?.length === 0 ? <p className="px-4 py-8 text-meta text-ink-3">{strings.lanes.empty}</p> : null}
        <div className="relative w-full" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                style={{ transform: `translateY(${String(item.start - headerHeight)}px)` }}
                className="absolute top-0 start-0 w-full"
              >
                {row.kind === 'head' ? (
                  <LaneHead lane={row.lane} shown={shown} folded={folded.has(row.lane.key)} />
                ) : (
                  <div style={columns} className="grid gap-12">
                    {shown.map((stage) => (
                      <LaneCell key={stage} lane={row.lane} stage={stage} row={row.row} onOpen={onOpen} />
                    ))}
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
