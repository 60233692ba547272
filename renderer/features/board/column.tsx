import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { Stage } from '../../../preload/contract/moves.ts';
import { useScrollMemory } from '../../app/router-context.tsx';
import { useClient } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { useBoard, useColumn, useCursorState } from './board-context.tsx';
import { Card } from './card.tsx';
import { cardEstimate } from './card-facts.ts';
import { landing } from './card-order.ts';
import { ColumnHeader } from './column-header.tsx';
import { DropLine } from './drop-line.tsx';
import { EmptyColumn } from './empty-column.tsx';
import { moveTo } from './move-rules.ts';
import { strings } from './strings.ts';
import { useCardSizes } from './use-card-sizes.ts';
import { useStageDrop } from './use-stage-drop.ts';

export interface ColumnProps {
  readonly stage: Stage;
  readonly onOpen: (id: string) => void;
  readonly onFold?: (() => void) | undefined;
}

const none: readonly string[] = [];
/** About how many characters fit on the first line of a title. */
const lineLength = 34;
/** How many cards before the last one that has been read more are asked for: fewer than the first reading has below what is in sight. */
const READ_AHEAD = 10;
const FIRST_PICTURE_MS = 100;

export function BoardColumn({ stage, onOpen, onFold }: ColumnProps) {
  const board = useBoard();
  const client = useClient();
  const column = useColumn(stage);
  const ids = column?.ids ?? none;
  const scroller = useRef<HTMLDivElement>(null);
  const target = useRef<HTMLElement>(null);
  const memory = useScrollMemory(`board ${stage}`);
  const sizes = useCardSizes(memory.name);
  const over = useStageDrop(target, stage);
  const from = useCursorState((state) => state.drag?.from);
  const dragged = useCursorState((state) => (over ? state.drag?.id : undefined));
  const focused = useCursorState((state) => state.focused);
  const moves = useCursorState((state) => state.moves);
  const move = from === undefined || from === stage ? undefined : moveTo(from, stage);
  const refused = move !== undefined && 'reason' in move;
  const changed = column?.changed.length ?? 0;
  const waits = changed + (column?.arrived.length ?? 0);
  const at = focused === undefined ? -1 : ids.indexOf(focused);

  const beyond = useBeyond(ids.length > 0);
  const list = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const card = client.cards.getState().byId.get(ids[index] ?? '');
      return (
        sizes.of(ids[index] ?? '') ??
        72 +
          ((card?.title.length ?? 0) > lineLength ? 20 : 0) +
          (card && cardEstimate(card) !== undefined ? 10 : 0)
      );
    },
    getItemKey: (index) => ids[index] ?? index,
    overscan: beyond,
    gap: 8,
    paddingEnd: 12,
    initialOffset: () => memory.read(),
    onChange: (instance, scrolling) => {
      if (scrolling || instance.scrollOffset === null) return;
      memory.write(instance.scrollOffset);
      // Not with each card that is measured on the way.
      if (!instance.isScrolling) sizes.keep(instance);
    },
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        // The chosen card keeps the keyboard focus though it is scrolled away.
        return at < 0 || shown.includes(at) ? shown : [...shown, at].sort((a, b) => a - b);
      },
      [at],
    ),
  });
  const rows = list.getVirtualItems();
  const lands = over && !refused ? landsAt() : undefined;
  /** Where what is dragged over this column would stand in it. */
  function landsAt(): number | undefined {
    const { byId } = client.cards.getState();
    const card = byId.get(dragged ?? '');
    if (!card || ids.length === 0) return undefined;
    const next = list.measurementsCache[landing(ids, card, byId)];
    return next ? Math.max(-3, next.start - 5) : list.getTotalSize() - 9;
  }

  const last = rows.at(-1)?.index ?? 0;
  const wanted =
    column !== undefined && ids.length < column.count && last >= ids.length - READ_AHEAD && !column.failed;
  useEffect(() => {
    if (wanted) board.readMore(stage);
  }, [wanted, ids.length, board, stage]);
  useEffect(() => {
    if (at >= 0 && moves > 0) list.scrollToIndex(at, { align: 'auto' });
  }, [moves]); // eslint-disable-line react-hooks/exhaustive-deps -- only a move scrolls: a card that comes or goes must not

  return (
    <section
      ref={target}
      aria-label={labels.stage[stage]}
      data-column={stage}
      onPointerEnter={() => {
        board.setBusy('pointer', stage);
      }}
      onPointerLeave={() => {
        board.setBusy('pointer', undefined);
      }}
      onFocus={() => {
        board.setBusy('focus', stage);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) board.setBusy('focus', undefined);
      }}
      className="relative flex h-full min-w-[212px] flex-1 basis-0 flex-col"
    >
      <ColumnHeader stage={stage} refusal={refused ? move.reason : undefined} onFold={onFold} />
      <div
        ref={scroller}
        data-scope="list"
        data-scroller
        data-scroll={memory.name}
        className={cx(
          'relative min-h-0 flex-1 overflow-y-auto overscroll-contain rounded-card -mx-2 px-2 pt-4 [overflow-anchor:none]',
          over && !refused && 'bg-selected',
          refused && 'opacity-40',
        )}
      >
        {column && column.count === 0 ? <EmptyColumn stage={stage} onFold={onFold} /> : null}
        <div
          role={ids.length > 0 ? 'list' : undefined}
          aria-label={ids.length > 0 ? labels.stage[stage] : undefined}
          className="relative w-full"
          style={{ height: list.getTotalSize() }}
        >
          {lands === undefined ? null : <DropLine top={lands} />}
          {rows.map((row) => {
            const id = ids[row.index];
            return id === undefined ? null : (
              <div
                key={row.key}
                ref={list.measureElement}
                role="presentation"
                data-index={row.index}
                style={{ transform: `translateY(${String(row.start)}px)` }}
                className="absolute top-0 start-0 w-full"
              >
                <Card
                  id={id}
                  position={row.index + 1}
                  total={column?.count ?? ids.length}
                  entry={row.index === 0 && at < 0}
                  onOpen={onOpen}
                />
              </div>
            );
          })}
        </div>
        {column?.failed ? (
          <div className="flex items-center justify-between gap-8 px-4 pb-12 text-meta text-ink-2">
            {strings.moreFailed}
            <Button
              size="small"
              onClick={() => {
                board.readMore(stage);
              }}
            >
              {strings.more}
            </Button>
          </div>
        ) : null}
      </div>
      {waits > 0 ? (
        <Button
          size="small"
          className="absolute top-36 left-1/2 -translate-x-1/2 shadow-popover"
          onClick={() => {
            board.refresh(stage);
          }}
        >
          {changed > 0 ? strings.changed(waits) : strings.arrived(waits)}
        </Button>
      ) : null}
    </section>
  );
}

/** How many cards beyond those in sight are kept: none for the first picture, which is to come soon. */
function useBeyond(shown: boolean): number {
  const { clock } = useClient();
  const [beyond, setBeyond] = useState(0);
  useEffect(
    () =>
      shown
        ? clock.after(FIRST_PICTURE_MS, () => {
            setBeyond(4);
          })
        : undefined,
    [clock, shown],
  );
  return beyond;
}
