import { useEffect, useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import { Link } from '../../app/router-context.tsx';
import { to, type Location } from '../../app/routes.ts';
import { parseTime } from '../../client/clock.ts';
import { useClock } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { formatDuration } from '../../ui/format-time.ts';
import type { RangeIntent } from './calendar-types.ts';
import { stepped, STEP_MS, type ShownTime } from './planned-times.ts';
import { strings } from './strings.ts';
import type { MoveTime } from './use-move-time.ts';

const words = strings.calendar;
/** So far a pointer goes before it drags. */
const SLACK_PX = 4;

export interface PlannedBlockProps {
  readonly intent: RangeIntent;
  /** The one it stands for, or all that would stand on each other. */
  readonly times: readonly ShownTime[];
  /** Where several have room. */
  readonly day: Location;
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

/** What is to come: one run, or several too near to each other to be drawn one by one. Dragged, or moved by keys, they come at another time. */
export function PlannedBlock({
  intent,
  times,
  day,
  x,
  width,
  room,
  pace,
  when,
  reachable,
  move,
}: PlannedBlockProps) {
  const clock = useClock();
  const [from, setFrom] = useState<number | null>(null);
  const dragged = useRef(false);
  const [first, last] = [times[0], times.at(-1)];
  const live =
    move.moving?.live === true && move.moving.intentId === intent.id && move.moving.from === first?.was;
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
  if (!first || !last) return null;
  const together = times.length > 1;
  const { at, was } = first;
  const placed = (event: PointerEvent): string => {
    const steps = Math.round(((event.clientX - (from ?? event.clientX)) * pace) / STEP_MS);
    return stepped({ at: was, until: last.was }, steps, clock.now(), intent.planned);
  };
  const moved = { intentId: intent.id, name: intent.name, from: was, through: last.was, count: times.length };
  const label = together
    ? words.plannedMany(times.length, when(parseTime(at)), when(parseTime(last.at)))
    : [
        intent.likelyMs === null
          ? words.planned(when(parseTime(at)))
          : words.plannedFor(when(parseTime(at)), formatDuration(intent.likelyMs)),
        ...(first.movedFrom === null ? [] : [words.movedFrom(when(parseTime(first.movedFrom)))]),
      ].join(', ');
  const hint = together ? words.moveTogetherHint : words.moveHint;
  return (
    <Link
      location={together ? day : to('intent', { id: intent.id })}
      tabIndex={reachable ? 0 : -1}
      data-planned={at}
      data-until={last.at}
      data-moving={live || undefined}
      draggable={false}
      title={intent.movable ? `${label}. ${hint}` : label}
      aria-label={`${intent.name}: ${label}`}
      aria-keyshortcuts={intent.movable ? 'Alt+ArrowLeft Alt+ArrowRight' : undefined}
      className={cx(
        'absolute touch-none rounded-[2px] border hover:z-10 hover:bg-selected focus-visible:z-10',
        together ? 'inset-y-8' : 'inset-y-6',
        times.some(({ movedFrom }) => movedFrom !== null)
          ? 'border-solid border-accent'
          : 'border-dashed border-control',
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
            x + width + (together ? 200 : 120) > room ? 'end-full me-6' : 'start-full ms-6',
          )}
        >
          {together ? words.movedSpan(when(parseTime(at)), when(parseTime(last.at))) : when(parseTime(at))}
        </span>
      ) : null}
    </Link>
  );
}
