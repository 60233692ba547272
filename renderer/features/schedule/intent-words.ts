import { labels } from '../../../preload/contract/labels.ts';
import { formatDuration } from '../../ui/format-time.ts';
import { formatMoney, formatTokens } from '../run/run-figures.ts';
import type { Intent } from './intent-types.ts';
import { strings } from './strings.ts';

const { misfire, retries, budget } = strings;

/** What happens with times that passed while nothing could run. */
export function misfireWords(
  intent: Pick<Intent, 'misfirePolicy' | 'misfireCap' | 'misfireMaxAgeMs'>,
): string {
  const what = misfire[intent.misfirePolicy](intent.misfireCap);
  if (intent.misfirePolicy === 'skip') return what;
  const age =
    intent.misfireMaxAgeMs === null ? misfire.ageOfSettings : misfire.age(span(intent.misfireMaxAgeMs));
  return `${what} ${age}`;
}

export function retryWords({ count, on, firstDelayMs, factor, mostDelayMs }: Intent['retryPolicy']): string {
  if (count === 0) return retries.none;
  const endings = on.map((each) => labels.retryEnding[each].toLowerCase()).join(', ');
  return `${retries.count(count, endings)} ${retries.wait(span(firstDelayMs), factor, span(mostDelayMs))}`;
}

export function budgetWords({
  steps,
  durationMs,
  tokens,
  costMicroUsd,
}: Intent['execution']['budget']): string {
  return [
    budget.steps(steps),
    span(durationMs),
    ...(tokens > 0 ? [formatTokens(tokens)] : []),
    ...(costMicroUsd > 0 ? [formatMoney(costMicroUsd)] : []),
    ...(tokens > 0 || costMicroUsd > 0 ? [] : [budget.unlimited]),
  ].join(', ');
}

/** "20 min", "1 h 30 min", "2 days"; below a minute as clocks of runs print it. */
export function span(ms: number): string {
  if (ms < 60_000) return formatDuration(ms);
  const units = [
    ['day', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
  ] as const;
  let rest = ms;
  return units
    .flatMap(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? [] : [`${String(count)} ${unit}${unit === 'day' && count > 1 ? 's' : ''}`];
    })
    .join(' ');
}
