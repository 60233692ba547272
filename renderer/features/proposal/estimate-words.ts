import { once } from '../../ui/once.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { formatCost } from './format-cost.ts';
import { strings } from './strings.ts';

const words = strings.plan;
const count = once(() => new Intl.NumberFormat('en'));

type Plan = NonNullable<OutputOf<'proposal.get'>['proposal']['plan']>;

/** What a plan is expected to take. What nobody told is called unknown, never nothing. */
export function estimateWords({ costMicroUsd, tokens, durationMs }: Plan): string {
  if (costMicroUsd === null && tokens === null && durationMs === null) return words.noEstimate;
  return [
    costMicroUsd === null ? words.unknownCost : formatCost(costMicroUsd),
    tokens === null ? words.unknownTokens : words.tokens(count().format(tokens)),
    durationMs === null
      ? words.unknownTime
      : words.minutes(count().format(Math.max(1, Math.round(durationMs / 60_000)))),
  ].join(', ');
}
