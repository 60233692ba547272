import { memo, useImperativeHandle, useMemo, useRef, type PointerEvent, type Ref } from 'react';
import { cx } from '../../ui/cx.ts';
import { timeOfDay } from './clock-words.ts';
import { waitsForYou } from './entry-look.ts';
import { minimapOf, momentsOf } from './minimap-model.ts';
import { strings } from './strings.ts';
import type { TimelineAxis } from './timeline-axis.ts';
import type { Timeline } from './timeline-model.ts';

const words = strings.timeline.minimap;
/** The drawing is made of so many stretches, each of two units and half a unit apart, and is so high. */
const stretches = 180;
const height = 20;
/** From this share of the width on a fold has room for its length in words. */
const roomForWords = 0.045;

export interface MinimapHandle {
  /** Marks the stretch of time that is in sight; milliseconds since 1970. */
  sight(from: number, to: number): void;
}
export interface TimelineMinimapProps {
  readonly timeline: Timeline;
  /** Changes whenever the timeline, which grows in place, has changed. */
  readonly version: number;
  readonly axis: TimelineAxis;
  readonly live: boolean;
  /** Brings what happened at a moment into view. */
  readonly onGo: (moment: number) => void;
  readonly ref?: Ref<MinimapHandle> | undefined;
}

/** A small tick for each share of the width; those that would stand on each other are one. */
const marks = (shares: readonly number[]): string =>
  [...new Set(shares.map((share) => Math.round(share * stretches)))]
    .map((at) => `M${String(at - 0.5)} 0h1v2h-1z`)
    .join('');

/**
 * The whole run in one line: busy and quiet, what failed, where it waited, and what of it is in sight. A press goes there. The keyboard has
 * n, c, f and the list itself for the same.
 */
function Minimap({ timeline, version, axis, live, onGo, ref }: TimelineMinimapProps) {
  const frame = useRef<HTMLSpanElement>(null);
  const pressed = useRef(false);
  // The timeline grows in place: its version says that it has.
  const moments = useMemo(() => momentsOf(timeline), [timeline, version]); // eslint-disable-line react-hooks/exhaustive-deps -- the version says what the timeline holds
  const map = useMemo(() => minimapOf(moments, axis, stretches), [moments, axis]);
  useImperativeHandle(
    ref,
    () => ({
      sight(from, to) {
        const [start, end] = [axis.at(from), axis.at(to)];
        // Moved by a transform: nothing is laid out anew while the list scrolls.
        if (frame.current)
          frame.current.style.transform = `translateX(${String(start * 100)}%) scaleX(${String(Math.max(0.004, end - start))})`;
      },
    }),
    [axis],
  );
  const go = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    onGo(axis.momentAt((event.clientX - box.left) / box.width));
  };
  const path = (draw: (at: number) => number, only?: readonly number[]): string =>
    (only ?? [...map.bars.keys()])
      .flatMap((at) => {
        const size = draw(at) * height;
        return size === 0 ? [] : `M${String(at * 2.5)} ${String(height)}v${String(-size)}h2v${String(size)}z`;
      })
      .join('');
  return (
    <div className="grid h-32 shrink-0 grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-x-12 border-b border-line px-12 font-mono text-micro font-regular text-ink-3">
      <span>{timeOfDay(axis.start)}</span>
      <div
        role="img"
        dir="ltr"
        aria-label={words.label(map.failed.length, axis.folds.length)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          pressed.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={(event) => {
          if (pressed.current) go(event);
        }}
        onPointerUp={() => {
          pressed.current = false;
        }}
        onPointerCancel={() => {
          pressed.current = false;
        }}
        className="relative h-24 touch-none overflow-hidden"
      >
        <svg
          aria-hidden
          viewBox={`0 0 ${String(stretches * 2.5)} ${String(height)}`}
          preserveAspectRatio="none"
          className="absolute inset-x-0 bottom-2 h-20 w-full"
        >
          <path d={path((at) => map.bars[at] ?? 0)} className="fill-neutral" />
          <path d={path(() => 1, map.failed)} className="fill-danger" />
        </svg>
        <svg
          aria-hidden
          viewBox={`0 0 ${String(stretches)} 2`}
          preserveAspectRatio="none"
          className="absolute inset-x-0 bottom-0 h-2 w-full"
        >
          <path d={marks(map.checkpoints)} className="fill-ink-2" />
        </svg>
        {axis.folds.map((fold) => (
          <span
            key={fold.from}
            className={cx(
              'absolute inset-y-2 flex items-center justify-center bg-[repeating-linear-gradient(135deg,currentColor_0_1px,transparent_1px_5px)]',
              fold.status !== null && waitsForYou.has(fold.status) ? 'text-attention' : 'text-control',
            )}
            style={{ left: `${String(fold.from * 100)}%`, width: `${String((fold.to - fold.from) * 100)}%` }}
          >
            {fold.to - fold.from < roomForWords ? null : (
              <span className="rounded-chip bg-canvas px-2 text-ink-2">{words.length(fold.ms)}</span>
            )}
          </span>
        ))}
        {live ? <span className="absolute inset-y-0 right-0 w-2 bg-running" /> : null}
        {/* The topmost: what stands above a layer that moves becomes a layer too, each of them. */}
        <span
          ref={frame}
          className="pointer-events-none absolute inset-0 origin-left bg-focus/15 will-change-transform"
        />
      </div>
      <span className={live ? 'text-running-text' : undefined}>{live ? words.now : timeOfDay(axis.end)}</span>
    </div>
  );
}

/** Drawn anew once a second while the run is at work, and not with every event that comes. */
export const TimelineMinimap = memo(
  Minimap,
  (before, after) =>
    before.live === after.live &&
    before.onGo === after.onGo &&
    before.timeline === after.timeline &&
    before.axis.start === after.axis.start &&
    before.axis.folds.length === after.axis.folds.length &&
    (before.live
      ? after.axis.end - before.axis.end < 900
      : after.axis.end === before.axis.end && before.version === after.version),
);
