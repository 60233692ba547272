import type { OutputOf } from '../../../preload/contract/operations.ts';
import { parseTime } from '../../client/clock.ts';
import { useNow } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { formatClock, formatRelative } from '../../ui/format-time.ts';
import { strings } from './strings.ts';
import { forecastOf, type WindowForecast } from './window-forecast.ts';

type Window = OutputOf<'account.list'>[number]['windows'][number];

/** One window: what is used, how far its time has gone, and what is left to the owner. Unknown is dashed, never empty. */
export function WindowBar({ window, reserve }: { readonly window: Window; readonly reserve: number }) {
  const now = useNow(60_000);
  const { name, used, startsAt, endsAt } = window;
  const share = used === null ? strings.unknown : `${String(Math.round(used * 100))} %`;
  const pace =
    startsAt === null || endsAt === null ? null : elapsed(parseTime(startsAt), parseTime(endsAt), now);
  const full = used !== null && used >= 1;
  const forecast = forecastOf(window, now);
  return (
    <div className="grid grid-cols-[72px_minmax(64px,1fr)_60px] items-center gap-x-8 gap-y-2">
      <span className="truncate text-meta text-ink-2" title={name}>
        {name.replaceAll('_', ' ')}
      </span>
      <div
        {...measured(used, share)}
        aria-label={strings.windowLabel(name, share)}
        className={cx(
          'relative h-8 overflow-hidden rounded-chip',
          used === null ? 'border border-dashed border-control' : 'bg-neutral-tint',
        )}
      >
        {used === null ? null : (
          <span
            className={cx('absolute inset-y-0 start-0', full ? 'bg-attention' : 'bg-running')}
            style={{ width: `${String(Math.min(100, used * 100))}%` }}
          />
        )}
        {reserve > 0 ? (
          <span
            title={strings.reserve(reserve)}
            className="absolute inset-y-0 w-2 bg-control"
            style={{ insetInlineStart: `${String(100 - reserve)}%` }}
          />
        ) : null}
        {pace === null ? null : (
          <span
            className="absolute inset-y-0 w-2 bg-ink"
            style={{ insetInlineStart: `${String(pace * 100)}%` }}
          />
        )}
      </div>
      <span className="text-end text-meta tabular-nums text-ink">{share}</span>
      <span className="col-span-2 col-start-2 text-meta text-ink-2 tabular-nums">
        {forecast ? `${forecastWords(forecast, now)} · ` : ''}
        {endsAt === null
          ? used === null
            ? strings.unknownWhy
            : strings.opens
          : resetWords(parseTime(endsAt), now)}
      </span>
    </div>
  );
}

/** An account of which no window is known: dashed like any other figure that nobody knows. */
export function UnknownWindow() {
  return (
    <div className="grid grid-cols-[72px_minmax(64px,1fr)_60px] items-center gap-8">
      <span className="truncate text-meta text-ink-2">{strings.windows}</span>
      <div
        role="img"
        aria-label={strings.noWindows}
        title={strings.noWindows}
        className="h-8 rounded-chip border border-dashed border-control"
      />
      <span className="text-end text-meta text-ink">{strings.unknown}</span>
    </div>
  );
}

/** A meter has a figure; what nobody knows is a picture of that. */
export function measured(part: number | null, words: string) {
  return part === null
    ? ({ role: 'img' } as const)
    : ({
        role: 'meter',
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-valuenow': Math.round(Math.min(1, part) * 100),
        'aria-valuetext': words,
      } as const);
}

function elapsed(from: number, to: number, now: number): number {
  return to <= from ? 0 : Math.min(1, Math.max(0, (now - from) / (to - from)));
}

function resetWords(then: number, now: number): string {
  return then <= now ? strings.opens : strings.resetsIn(formatClock(then, now), formatRelative(then, now));
}

function forecastWords(forecast: WindowForecast, now: number): string {
  return forecast.kind === 'runs_out'
    ? strings.runsOut(formatClock(forecast.at, now))
    : strings.forecast[forecast.kind];
}
