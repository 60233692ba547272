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
  const plainIn = Math.max(0, turn.tokensIn - turn.tokensCacheWrite);
  const plainOut = Math.max(0, turn.tokensOut - turn.tokensReasoning);
  const cost =
    plainIn * price.input +
    turn.tokensCacheWrite * (price.cacheWrite ?? price.input) +
    turn.tokensCached * price.cached +
    plainOut * price.output +
    turn.tokensReasoning * (price.reasoning ?? price.output);
  return { costMicroUsd: Math.round(cost), source: 'priced' };
}
