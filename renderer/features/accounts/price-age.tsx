import type { OutputOf } from '../../../preload/contract/operations.ts';
import { parseTime } from '../../client/clock.ts';
import { useNow } from '../../ui/clock-context.tsx';
import { strings } from './strings.ts';

const DAY_MS = 86_400_000;
/** Providers change their prices a few times a year. */
const OLD_DAYS = 180;

/** Of when the prices are that costs are reckoned with, and that they are old when they are. */
export function PriceAge({ prices }: { prices: OutputOf<'cost.today'>['prices'] }) {
  const days = Math.floor((useNow(60_000) - parseTime(`${prices.date}T00:00:00.000Z`)) / DAY_MS);
  const old = days >= OLD_DAYS;
  return (
    <div className="flex items-baseline gap-6">
      <dt className="text-ink-3" title={prices.file}>
        {strings.prices(prices.date)}
      </dt>
      {old ? <dd className="text-attention-text">{strings.pricesOld(days)}</dd> : null}
      {prices.problem === null ? null : <dd className="text-danger-text">{prices.problem}</dd>}
    </div>
  );
}
