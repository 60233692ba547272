import { valueList, type ValueOf } from '../value-list.ts';

/** How much a sum of money tells of what was used. Nothing known is not nothing spent. */
export const costState = valueList({
  none: 'Nothing used',
  known: 'Known',
  partly: 'Partly known',
  unknown: 'Unknown',
  plan: 'Paid by a subscription',
});
export type CostState = ValueOf<typeof costState>;

/** Where the cost of a turn comes from. */
export const costSource = valueList({
  told: 'Told by the program',
  priced: 'From the price table',
  plan: 'Paid by a subscription',
  unknown: 'Unknown',
  none: 'Nothing used',
});
export type CostSource = ValueOf<typeof costSource>;

export function costStateOf(turns: { known: number; unknown: number; plan: number }): CostState {
  if (turns.unknown > 0) return turns.known > 0 ? 'partly' : 'unknown';
  if (turns.known > 0) return 'known';
  return turns.plan > 0 ? 'plan' : 'none';
}

/** What a day or a list comes to, in words: also when that is nothing. */
export const NOTHING_USED = 'nothing was used';

/** A sum as people read it: never a zero that only means that nobody knows. */
export function costWords(microUsd: number, state: CostState): string {
  switch (state) {
    case 'none':
      return microUsd > 0 ? dollars(microUsd) : '–';
    case 'known':
      return dollars(microUsd);
    case 'partly':
      return `${dollars(microUsd)} or more`;
    case 'unknown':
      return 'unknown';
    case 'plan':
      return 'subscription';
  }
}

export function dollars(microUsd: number): string {
  const value = microUsd / 1_000_000;
  return value > 0 && value < 0.01 ? '<$0.01' : `$${value.toFixed(2)}`;
}
