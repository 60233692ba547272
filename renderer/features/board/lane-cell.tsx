import { useEffect, useRef } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { Stage } from '../../../preload/contract/moves.ts';
import { cx } from '../../ui/cx.ts';
import { useCursorState, useLanes, useLanesState } from './board-context.tsx';
import { Card } from './card.tsx';
import { cellKey, type Lane } from './lane-store.ts';
import { moveTo } from './move-rules.ts';
import { strings } from './strings.ts';
import { useLaneRefusal } from './use-lane-refusal.ts';
import { useStageDrop } from './use-stage-drop.ts';

export interface LaneCellProps {
  readonly lane: Lane;
  readonly stage: Stage;
  readonly row: number;
  readonly onOpen: (id: string) => void;
}

/** One card of one stage of one lane, or the place where one can be dropped. */
export function LaneCell({ lane, stage, row, onOpen }: LaneCellProps) {
  const lanes = useLanes();
  const element = useRef<HTMLDivElement>(null);
  const key = cellKey(lane.key, stage);
  const id = useLanesState((state) => state.cells.get(key)?.ids[row]);
  const wanted = useLanesState((state) => {
    const cell = state.cells.get(key);
    return cell === undefined || (!cell.reading && (cell.stale || row >= cell.ids.length));
  });
  const from = useCursorState((state) => state.drag?.from);
  const over = useStageDrop(element, stage, lane.key);
  const stays = useLaneRefusal(lane.key) !== undefined;
  const refused = stays || (from !== undefined && from !== stage && 'reason' in moveTo(from, stage));
  const count = lane.counts[stage];
  const missing = row < count;

  useEffect(() => {
    if (missing && wanted) lanes.need(lane.key, stage, row);
  }, [missing, wanted, lanes, lane.key, stage, row]);
  return (
    <div
      ref={element}
      data-column={stage}
      role={id === undefined ? undefined : 'list'}
      aria-label={
        id === undefined
          ? undefined
          : strings.lanes.cell(labels.stage[stage], lane.title ?? strings.lanes.rest)
      }
      className={cx(
        'min-h-[72px] rounded-card',
        over && !refused && 'bg-selected outline-2 outline-accent',
        refused && 'opacity-40',
      )}
    >
      {id !== undefined ? (
        <Card id={id} position={row + 1} total={count} entry={row === 0} onOpen={onOpen} />
      ) : missing ? (
        <div aria-hidden className="h-[72px] rounded-card border border-line bg-surface opacity-60" />
      ) : null}
    </div>
  );
}
