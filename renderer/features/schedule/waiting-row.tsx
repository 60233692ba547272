import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { parseTime } from '../../client/clock.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { runLook } from '../run/run-look.ts';
import type { Axis } from './calendar-axis.ts';
import type { RangeWaiting } from './calendar-types.ts';
import { strings } from './strings.ts';

const words = strings.calendar;
const queued = runLook('queued');
/** What the time beside the mark takes. */
const ROOM_PX = 120;

/** A run that waits, and about when it starts. */
export function WaitingRow({
  run,
  axis,
  width,
  when,
}: {
  readonly run: RangeWaiting;
  readonly axis: Axis;
  readonly width: number;
  readonly when: (at: number) => string;
}) {
  const at = parseTime(run.startsAbout);
  const label = words.startsAbout(when(at), run.why);
  const place = to('run', { id: run.id });
  return (
    <div role="row" className="group/row flex border-b border-line hover:bg-hover">
      <div
        role="rowheader"
        className="sticky start-0 z-20 flex w-(--names) shrink-0 items-center border-e border-line bg-canvas px-12 group-hover/row:bg-hover"
      >
        <Link
          location={place}
          title={run.name}
          className="flex h-row min-w-0 flex-1 items-center gap-6 text-ink-2"
        >
          <span className="shrink-0 font-mono text-meta text-ink-3">#{run.number}</span>
          <span className="truncate">{run.name}</span>
        </Link>
      </div>
      <div role="gridcell" className="relative h-row" style={{ width }}>
        <Link
          location={place}
          tabIndex={-1}
          title={label}
          aria-label={`#${String(run.number)}: ${label}`}
          className="absolute inset-y-4 flex items-center rounded-chip px-2 hover:bg-selected"
          style={{ left: axis.part(at) * width }}
        >
          <StatusGlyph shape={queued.shape} tone={queued.tone} still />
          {axis.part(at) * width + ROOM_PX < width ? (
            <span aria-hidden className="ps-4 text-micro whitespace-nowrap text-ink-2 tabular-nums">
              {when(at)}
            </span>
          ) : null}
        </Link>
      </div>
    </div>
  );
}
