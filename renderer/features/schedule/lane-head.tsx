import { parseTime } from '../../client/clock.ts';
import { cx } from '../../ui/cx.ts';
import type { Axis } from './calendar-axis.ts';
import { windowRows, type Lane } from './calendar-lanes.ts';
import type { RangeWindow } from './calendar-types.ts';
import { strings } from './strings.ts';

const words = strings.calendar;
const rowHeight = 20;
/** Hatched with a token, so that it follows the theme. */
export const hatch = 'repeating-linear-gradient(135deg, var(--color-control) 0 1px, transparent 1px 6px)';

export interface LaneHeadProps {
  readonly lane: Lane;
  readonly axis: Axis;
  readonly width: number;
  readonly when: (at: number) => string;
}

/** An account over the days: how full its windows became, and when it can take no turn. */
export function LaneHead({ lane: { label, account }, axis, width, when }: LaneHeadProps) {
  const rows = windowRows(account?.windows ?? []);
  const height = Math.max(1, rows.length) * rowHeight + 4;
  return (
    <div role="row" className="flex border-b border-line bg-inset text-meta text-ink-2" style={{ height }}>
      <div
        role="rowheader"
        className="sticky start-0 z-20 flex w-(--names) shrink-0 gap-8 border-e border-line bg-inset px-12 pt-2"
      >
        <span className="min-w-0 flex-1 truncate font-medium leading-[20px]">
          {label}
          {account ? <span className="font-regular text-ink-3"> · {account.executor}</span> : null}
        </span>
        <span aria-hidden className="shrink-0 text-end text-micro leading-[20px] text-ink-3">
          {rows.map(({ name }) => (
            <span key={name} className="block">
              {name}
            </span>
          ))}
        </span>
      </div>
      <div role="gridcell" className="relative" style={{ width }}>
        {account?.exhausted.map(({ from, to, why }) => {
          const left = axis.part(parseTime(from)) * width;
          const right = axis.part(parseTime(to)) * width;
          if (right - left <= 0) return null;
          const title = words.exhausted(why, when(parseTime(to)));
          return (
            <span
              key={`${from}${why}`}
              title={title}
              className="absolute inset-y-0 border-e border-control"
              style={{ left, width: right - left, backgroundImage: hatch }}
            >
              <span className="sr-only">{title}</span>
            </span>
          );
        })}
        {rows.map(({ name, windows }, nth) =>
          windows.map((window) => (
            <Window
              key={`${name}${window.from}`}
              window={window}
              top={nth * rowHeight + 2}
              left={axis.part(parseTime(window.from)) * width}
              right={axis.part(parseTime(window.to)) * width}
              when={when}
            />
          )),
        )}
      </div>
    </div>
  );
}

/** One window of a quota: from where it opened to where it begins anew, with what was used of it. */
function Window({
  window: { name, from, to, used },
  top,
  left,
  right,
  when,
}: {
  window: RangeWindow;
  top: number;
  left: number;
  right: number;
  when: LaneHeadProps['when'];
}) {
  const wide = right - left;
  if (wide < 2) return null;
  const share = used === null ? words.unknownShare : `${String(Math.round(used * 100))} %`;
  const title = words.window(name, when(parseTime(from)), when(parseTime(to)), share);
  const full = used !== null && used >= 1;
  const place = { top, left: left + 1, width: wide - 2, height: rowHeight };
  // Too narrow for a figure: a column that is as full as the window was.
  if (wide < 56)
    return (
      <span title={title} className="absolute" style={place}>
        <span aria-hidden className="absolute inset-x-0 inset-y-2 overflow-hidden rounded-[2px] bg-hover">
          <span
            className="absolute inset-x-0 bottom-0 bg-neutral opacity-70"
            style={{ height: `${String(Math.min(1, used ?? 0) * 100)}%` }}
          />
        </span>
        <span className="sr-only">{title}</span>
      </span>
    );
  return (
    <span title={title} className="absolute flex items-center" style={place}>
      <span
        aria-hidden
        className={cx(
          'absolute inset-x-0 top-1/2 h-8 -translate-y-1/2 border-x border-control',
          'before:absolute before:inset-x-0 before:top-1/2 before:border-t before:border-control',
          used === null && 'before:border-dashed',
        )}
      />
      <span
        aria-hidden
        className={cx(
          'sticky start-[calc(var(--names)+8px)] ms-8 bg-inset px-4 text-micro tabular-nums',
          full && 'text-ink',
        )}
      >
        {share}
      </span>
      <span className="sr-only">{title}</span>
    </span>
  );
}
