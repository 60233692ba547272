import type { AccountBilling } from '../account/account.ts';
import type { CostSource } from './cost-state.ts';
import type { Price, PriceTable } from './price-table.ts';

/** Tokens of a turn, or of one call of the model. `tokensCacheWrite` is part of `tokensIn`, `tokensReasoning` part of `tokensOut`. */
export interface UsedTokens {
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly tokensCacheWrite: number;
  readonly tokensReasoning: number;
}

/** How its tokens are parted into prompts, which prices may depend on. */
export interface TurnCalls {
  /** How often the model was asked, about; null: nobody knows. */
  readonly requests: number | null;
  /** Calls of which the program told one by one what each used; with all, or a part, of the turn's tokens. */
  readonly calls: readonly UsedTokens[];
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

/** The prices for a prompt of so many tokens. */
function tierFor(price: Price, prompt: number): Pick<Price, 'input' | 'output' | 'cached'> {
  const [longest] = price.tiers.filter(({ above }) => prompt > above).sort((a, b) => b.above - a.above);
  return longest ?? price;
}

function costAt(price: Price, used: UsedTokens, prompt: number): number {
  const at = tierFor(price, prompt);
  const plainIn = Math.max(0, used.tokensIn - used.tokensCacheWrite);
  const plainOut = Math.max(0, used.tokensOut - used.tokensReasoning);
  return (
    plainIn * at.input +
    used.tokensCacheWrite * (price.cacheWrite ?? at.input) +
    used.tokensCached * at.cached +
    plainOut * at.output +
    used.tokensReasoning * (price.reasoning ?? at.output)
  );
}

/**
 * Each call that was told by itself is paid for by its own prompt. What is beyond them, which for a program that tells sums alone is all, is paid for
 * by how long the prompts of the turn were on the average; where it is not known how often the model was asked, by the plain prices.
 */
function costOf(price: Price, turn: UsedTokens & TurnCalls): number {
  const promptOf = (of: UsedTokens): number => of.tokensIn + of.tokensCached;
  const known = turn.calls.reduce((sum, call) => sum + costAt(price, call, promptOf(call)), 0);
  const average = turn.requests === null ? 0 : promptOf(turn) / Math.max(1, turn.requests);
  return known + costAt(price, beyond(turn, turn.calls), average);
}

function beyond(turn: UsedTokens, calls: readonly UsedTokens[]): UsedTokens {
  const rest = (field: keyof UsedTokens): number =>
    Math.max(
      0,
      calls.reduce((left, call) => left - call[field], turn[field]),
    );
  return {
    tokensIn: rest('tokensIn'),
    tokensOut: rest('tokensOut'),
    tokensCached: rest('tokensCached'),
    tokensCacheWrite: rest('tokensCacheWrite'),
    tokensReasoning: rest('tokensReasoning'),
  };
}

/** What one turn cost, in millionths of a dollar; null where that is not money, or nobody knows. */
export function priceTurn(
  table: PriceTable,
  turn: UsedTokens &
    TurnCalls & {
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
  return { costMicroUsd: Math.round(costOf(price, turn)), source: 'priced' };
}
