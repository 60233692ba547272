import { useEffect, useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { parseTime } from '../../client/clock.ts';
import { useClock } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { formatDuration } from '../../ui/format-time.ts';
import type { RangeIntent } from './calendar-types.ts';
import { strings } from './strings.ts';
import { stepped, STEP_MS, type MoveTime } from './use-move-time.ts';

const words = strings.calendar;
/** So far a pointer goes before it drags. */
const SLACK_PX = 4;

export interface PlannedBlockProps {
  readonly intent: RangeIntent;
  readonly time: RangeIntent['planned'][number] & { readonly was: string };
  readonly x: number;
  readonly width: number;
  /** How wide the days are. */
  readonly room: number;
  /** Milliseconds of one pixel. */
  readonly pace: number;
  readonly when: (at: number) => string;
  readonly reachable: boolean;
  readonly move: MoveTime;
}

/** A run that is to come. Dragged, or moved by keys, it comes at another time; a click leads to its intent. */
export function PlannedBlock({
  intent,
  time,
  x,
  width,
  room,
  pace,
  when,
  reachable,
  move,
}: PlannedBlockProps) {
  const [from, setFrom] = useState<number | null>(null);
  const dragged = useRef(false);
  const { at, was, movedFrom } = time;
  const live = move.moving?.live === true && move.moving.intentId === intent.id && move.moving.from === was;
  const { show } = move;
  useEffect(() => {
    if (from === null) return;
    const cancel = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      setFrom(null);
      show(null);
    };
    window.addEventListener('keydown', cancel, true);
    return () => {
      window.removeEventListener('keydown', cancel, true);
    };
  }, [from, show]);
  const clock = useClock();
  const placed = (event: PointerEvent): string =>
    stepped(was, Math.round(((event.clientX - (from ?? event.clientX)) * pace) / STEP_MS), clock.now());
  const moved = { intentId: intent.id, name: intent.name, from: was };
  const label = [
    intent.likelyMs === null
      ? words.planned(when(parseTime(at)))
      : words.plannedFor(when(parseTime(at)), formatDuration(intent.likelyMs)),
    ...(movedFrom === null ? [] : [words.movedFrom(when(parseTime(movedFrom)))]),
  ].join(', ');
  return (
    <Link
      location={to('intent', { id: intent.id })}
      tabIndex={reachable ? 0 : -1}
      data-planned={at}
      draggable={false}
      title={intent.movable ? `${label}. ${words.moveHint}` : label}
      aria-label={`${intent.name}: ${label}`}
      aria-keyshortcuts={intent.movable ? 'Alt+ArrowLeft Alt+ArrowRight' : undefined}
      className={cx(
        'absolute inset-y-6 touch-none rounded-[2px] border hover:z-10 hover:bg-selected focus-visible:z-10',
        movedFrom === null ? 'border-dashed border-control' : 'border-solid border-accent',
        intent.movable && 'cursor-grab active:cursor-grabbing',
        live && 'z-20 bg-selected',
      )}
      style={{ left: x, width }}
      onPointerDown={(event: PointerEvent<HTMLElement>) => {
        dragged.current = false;
        if (!intent.movable || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(event.clientX);
      }}
      onPointerMove={(event: PointerEvent) => {
        if (from === null) return;
        if (!dragged.current && Math.abs(event.clientX - from) < SLACK_PX) return;
        dragged.current = true;
        show({ ...moved, to: placed(event) });
      }}
      onPointerUp={(event: PointerEvent) => {
        if (from === null) return;
        setFrom(null);
        if (dragged.current) move.commit({ ...moved, to: placed(event) });
      }}
      onPointerCancel={() => {
        setFrom(null);
        show(null);
      }}
      onClick={(event: MouseEvent) => {
        if (!dragged.current) return;
        // What was dragged was not pressed.
        event.preventDefault();
        dragged.current = false;
      }}
    >
      {live ? (
        <span
          className={cx(
            'pointer-events-none absolute top-1/2 z-40 -translate-y-1/2 rounded-chip border border-line bg-raised px-6 py-2 text-micro whitespace-nowrap text-ink shadow-drag tabular-nums',
            // Where there is no room behind it, it stands before it.
            x + width + 120 > room ? 'end-full me-6' : 'start-full ms-6',
          )}
        >
          {when(parseTime(at))}
        </span>
      ) : null}
    </Link>
  );
}
