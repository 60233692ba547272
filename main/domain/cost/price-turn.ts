import type { AccountBilling } from '../account/account.ts';
import type { CostSource } from './cost-state.ts';
import type { Price, PriceTable } from './price-table.ts';

/** Tokens of one turn. `tokensCacheWrite` is part of `tokensIn`, `tokensReasoning` part of `tokensOut`. */
export interface UsedTokens {
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly tokensCacheWrite: number;
  readonly tokensReasoning: number;
  /** How often the model was asked, about; null: nobody knows. */
  readonly requests: number | null;
}

export function findPrice(table: PriceTable, model: string | null): Price | null {
  if (model === null) return null;
  // A name may carry where the model is served, as in `anthropic/claude-opus-5-5`.
  const names = [model, model.slice(model.lastIndexOf('/') + 1)];
  const fits = table.prices.filter(({ model: pattern }) =>
    names.some((name) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern)),
  );
  return fits.sort((a, b) => b.model.length - a.model.length)[0] ?? null;
}

/**
 * The prices for prompts as long as those of this turn were on the average: programs tell sums, not each prompt. Where it is not known how
 * often the model was asked, the plain ones hold.
 */
function tierFor(price: Price, turn: UsedTokens): Pick<Price, 'input' | 'output' | 'cached'> {
  if (turn.requests === null) return price;
  const prompt = (turn.tokensIn + turn.tokensCached) / Math.max(1, turn.requests);
  const [longest] = price.tiers.filter(({ above }) => prompt > above).sort((a, b) => b.above - a.above);
  return longest ?? price;
}

/** What one turn cost, in millionths of a dollar; null where that is not money, or nobody knows. */
export function priceTurn(
  table: PriceTable,
  turn: UsedTokens & {
    readonly model: string | null;
    readonly told: number | null;
    readonly worked: boolean;
  },
  billing: AccountBilling | null,
): { readonly costMicroUsd: number | null; readonly source: CostSource } {
  const anything = turn.tokensIn + turn.tokensOut + turn.tokensCached > 0;
  if (billing === 'plan') return { costMicroUsd: null, source: anything || turn.worked ? 'plan' : 'none' };
  if (turn.told !== null && (turn.told > 0 || !anything)) return { costMicroUsd: turn.told, source: 'told' };
  if (!anything) return { costMicroUsd: null, source: turn.worked ? 'unknown' : 'none' };
  const price = findPrice(table, turn.model);
  // A program that tells of tokens and of a cost of nothing has been asked to pay nothing, unless a price says otherwise.
  if (price === null)
    return turn.told === null
      ? { costMicroUsd: null, source: 'unknown' }
      : { costMicroUsd: turn.told, source: 'told' };
  const at = tierFor(price, turn);
  const plainIn = Math.max(0, turn.tokensIn - turn.tokensCacheWrite);
  const plainOut = Math.max(0, turn.tokensOut - turn.tokensReasoning);
  const cost =
    plainIn * at.input +
    turn.tokensCacheWrite * (price.cacheWrite ?? at.input) +
    turn.tokensCached * at.cached +
    plainOut * at.output +
    turn.tokensReasoning * (price.reasoning ?? at.output);
  return { costMicroUsd: Math.round(cost), source: 'priced' };
}
