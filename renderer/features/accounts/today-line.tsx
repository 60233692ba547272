import { useQuery } from '../../client/client-context.tsx';
import { formatMoney, formatTokens } from '../run/run-figures.ts';
import { strings } from './strings.ts';

/** What today cost, how far its caps are spent, and of when the prices are. */
export function TodayLine() {
  const { data } = useQuery('cost.today', {}, { every: 1_000 });
  if (!data) return null;
  const { total, caps, prices } = data;
  return (
    <dl className="flex flex-wrap items-baseline gap-x-24 gap-y-4 px-12 py-8 text-meta">
      <div className="flex items-baseline gap-6">
        <dt className="text-ink-3">{strings.today}</dt>
        <dd className="text-body tabular-nums text-ink">
          {total.state === 'none' && total.tokensIn + total.tokensOut === 0
            ? strings.nothingUsed
            : `${total.words} · ${formatTokens(total.tokensIn + total.tokensOut)}`}
        </dd>
      </div>
      {caps.map(({ projectId, name, capMicroUsd, spentMicroUsd }) => (
        <div key={projectId ?? ''} className="flex items-baseline gap-6">
          <dt className="text-ink-3">{strings.cap(name)}</dt>
          <dd
            className={
              spentMicroUsd >= capMicroUsd
                ? 'text-body tabular-nums text-danger-text'
                : 'text-body tabular-nums text-ink'
            }
          >
            {formatMoney(spentMicroUsd)} {strings.of} {formatMoney(capMicroUsd)}
          </dd>
        </div>
      ))}
      <div className="flex items-baseline gap-6">
        <dt className="text-ink-3">{strings.prices(prices.date)}</dt>
        {prices.problem === null ? null : <dd className="text-danger-text">{prices.problem}</dd>}
      </div>
    </dl>
  );
}
