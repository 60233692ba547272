import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { cx } from '../../ui/cx.ts';
import { formatDuration } from '../../ui/format-time.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { runLook } from '../run/run-look.ts';
import type { RangeRun } from './calendar-types.ts';
import { strings } from './strings.ts';

const solid = {
  neutral: 'bg-neutral',
  running: 'bg-running',
  attention: 'bg-attention',
  success: 'bg-success',
  danger: 'bg-danger',
} as const;
const words = strings.calendar;

export interface CalendarRunProps {
  readonly run: RangeRun;
  readonly name: string;
  readonly when: string;
  /** Pixels from the left, of its work, and until it ended. */
  readonly x: number;
  readonly works: number;
  readonly waits: number;
  /** Room until the next one, so that its glyph covers nothing. */
  readonly room: number;
}

/** A run as it was: a bar while it worked, and a thin line while it waited, for its owner or for anything else. */
export function CalendarRun({ run, name, when, x, works, waits, room }: CalendarRunProps) {
  const look = runLook(run.status);
  const title = words.ran(run.number, look.label, when, formatDuration(run.activeMs));
  const wide = Math.max(4, works);
  const glyph = room >= 24;
  // The line of waiting goes on behind the glyph, so that neither crosses the other.
  const behind = wide + (glyph ? 20 : 0);
  return (
    <Link
      location={to('run', { id: run.id })}
      // By keyboard, runs are on the page of their intent: many marks here are smaller than a target may be.
      tabIndex={-1}
      title={title}
      aria-label={`${name}: ${title}`}
      className="absolute inset-y-4 flex min-w-4 items-center rounded-chip hover:z-10 hover:ring-1 hover:ring-ink-3"
      style={{ left: x, width: Math.max(glyph ? 22 : 4, wide, waits) }}
    >
      {waits > wide ? (
        <span
          aria-hidden
          className={cx('absolute top-1/2 h-2 -translate-y-1/2 opacity-60', solid[look.tone])}
          style={{ left: behind, width: Math.max(0, waits - behind) }}
        />
      ) : null}
      <span
        aria-hidden
        className={cx(
          'absolute start-0 rounded-[2px]',
          look.tone === 'danger' ? 'inset-y-0' : 'inset-y-4',
          solid[look.tone],
        )}
        style={{ width: wide }}
      />
      {glyph ? (
        <span aria-hidden className="absolute top-1/2 flex -translate-y-1/2" style={{ left: wide + 2 }}>
          <StatusGlyph shape={look.shape} tone={look.tone} still />
        </span>
      ) : null}
    </Link>
  );
}
