import type { OutputOf } from '../../../preload/contract/operations.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { parseTime } from '../../client/clock.ts';
import { cx } from '../../ui/cx.ts';
import { formatDuration } from '../../ui/format-time.ts';
import { strings } from './strings.ts';

type Plan = OutputOf<'account.plan'>;

/** When each run of the queue would start, a lane for each account; and below it what will not fit, with the reason. */
export function NightTimeline({ plan }: { readonly plan: Plan }) {
  const from = parseTime(plan.madeAt);
  const to = Math.max(parseTime(plan.nightTo), from + 1);
  const at = (iso: string): number => (Math.min(to, Math.max(from, parseTime(iso))) - from) / (to - from);
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: plan.zone,
    hour: '2-digit',
    minute: '2-digit',
  });
  const lanes = [
    ...plan.accounts.map(({ id, label }) => ({ id, label })),
    { id: null, label: strings.noAccount },
  ]
    .map((lane) => ({ ...lane, fits: plan.fits.filter(({ accountId }) => accountId === lane.id) }))
    .filter(({ fits }) => fits.length > 0);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const night = at(plan.nightFrom);
  if (plan.fits.length + plan.leftOut.length === 0)
    return <p className="px-12 py-8 text-body text-ink-2">{strings.planEmpty}</p>;
  return (
    <div className="flex flex-col gap-12 px-12 pb-16">
      {lanes.length > 0 ? (
        <div dir="ltr" className="grid grid-cols-[120px_minmax(0,1fr)] gap-x-12 gap-y-4">
          <span />
          <div className="relative h-16 text-micro tabular-nums text-ink-3">
            {ticks.map((part) => (
              <span
                key={part}
                className={cx(
                  'absolute whitespace-nowrap',
                  part === 1 ? '-translate-x-full' : part > 0 && '-translate-x-1/2',
                )}
                style={{ left: `${String(part * 100)}%` }}
              >
                {clock.format(from + part * (to - from))}
              </span>
            ))}
          </div>
          {lanes.map(({ id, label, fits }) => (
            <div key={id ?? ''} className="contents">
              <span className="truncate text-meta text-ink-2">{label}</span>
              <ol aria-label={label} className="relative h-24 rounded-chip bg-neutral-tint">
                <span
                  aria-hidden
                  className="absolute inset-y-0 end-0 rounded-chip bg-selected"
                  style={{ left: `${String(night * 100)}%` }}
                />
                {fits.map((it) => (
                  <li
                    key={`${it.runId ?? it.intentId}${it.startsAt}`}
                    title={`${clock.format(parseTime(it.startsAt))} ${words(it)}`}
                    className="absolute inset-y-2 overflow-hidden rounded-chip border border-surface bg-running px-4 text-micro text-surface"
                    style={{
                      left: `${String(at(it.startsAt) * 100)}%`,
                      width: `${String(Math.max(0.6, (at(it.endsAt) - at(it.startsAt)) * 100))}%`,
                    }}
                  >
                    <span className="sr-only">
                      {clock.format(parseTime(it.startsAt))} {words(it)}
                    </span>
                    <span aria-hidden>{it.number === null ? '' : `#${String(it.number)}`}</span>
                  </li>
                ))}
              </ol>
            </div>
          ))}
        </div>
      ) : null}
      {plan.leftOut.length > 0 ? (
        <section className="flex flex-col gap-4">
          <h3 className="text-body font-medium text-ink">{strings.leftOut}</h3>
          <ul className="flex flex-col">
            {plan.leftOut.map((it) => (
              <li
                key={`${it.runId ?? ''}${it.intentId}`}
                className="flex flex-wrap gap-x-12 gap-y-2 border-b border-line py-6 last:border-b-0"
              >
                <span className="w-[48px] shrink-0 font-mono text-meta text-ink-3">{ref(it.number)}</span>
                <span className="min-w-0 flex-1 truncate text-body text-ink">{it.name}</span>
                <span className="text-meta text-ink-2">{it.why}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function ref(number: number | null): string {
  return number === null ? strings.due : `#${String(number)}`;
}

function words({ number, name, forecast, assumed }: Plan['fits'][number]): string {
  const basis = labels.forecastBasis[forecast.basis];
  return `${ref(number)} ${name}, ${formatDuration(forecast.durationMs.likely)} (${basis})${assumed ? `; ${strings.assumed}` : ''}`;
}
