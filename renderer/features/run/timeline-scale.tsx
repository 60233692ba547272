import { cx } from '../../ui/cx.ts';
import { waitsForYou } from './entry-look.ts';
import { strings } from './strings.ts';
import type { TimelineAxis } from './timeline-axis.ts';
import { outlineColumns, wideColumns } from './timeline-row.tsx';
import { ticksOf } from './timeline-ticks.ts';

const frame = 'pointer-events-none grid items-center gap-x-12 ps-12 pe-[calc(12px+var(--bar,0px))]';

/** The times of the axis, above the waterfall. */
export function TimelineScale({ axis, live }: { axis: TimelineAxis; live: boolean }) {
  return (
    <div
      aria-hidden
      className={cx(
        frame,
        wideColumns,
        'h-24 shrink-0 border-b border-line text-micro font-regular text-ink-3',
      )}
    >
      {/* Only here: what is written in this type runs from left to right, and the columns turn round. */}
      <span dir="ltr" className="relative col-start-3 h-16 overflow-hidden font-mono">
        {ticksOf(axis).map(({ at, label }) => (
          <span
            key={at}
            className="absolute top-0 border-s border-line ps-4"
            style={{ left: `${String(at * 100)}%` }}
          >
            {label}
          </span>
        ))}
      </span>
      {live ? <span className="font-mono text-running-text">{strings.timeline.minimap.now}</span> : null}
    </div>
  );
}

/** What holds for every row: where time was folded away, and where now is. */
export function TimelineBackdrop({ axis, live, wide }: { axis: TimelineAxis; live: boolean; wide: boolean }) {
  return (
    <div aria-hidden className={cx(frame, 'absolute inset-0', wide ? wideColumns : outlineColumns)}>
      <span
        dir="ltr"
        className={cx(
          'relative h-full overflow-hidden',
          wide
            ? 'col-start-3'
            : 'hidden group-data-roomy/timeline:col-start-3 group-data-roomy/timeline:block',
        )}
      >
        {axis.folds.map((fold) => (
          <span
            key={fold.from}
            className={cx(
              'absolute inset-y-0 bg-[repeating-linear-gradient(135deg,currentColor_0_1px,transparent_1px_8px)]',
              fold.status !== null && waitsForYou.has(fold.status) ? 'text-attention/30' : 'text-line',
            )}
            style={{ left: `${String(fold.from * 100)}%`, width: `${String((fold.to - fold.from) * 100)}%` }}
          />
        ))}
        {live ? <span className="absolute inset-y-0 right-0 w-px bg-running" /> : null}
      </span>
    </div>
  );
}
