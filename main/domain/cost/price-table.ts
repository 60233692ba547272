import { z } from 'zod';

/** Prices in US dollars for a million tokens. `reasoning` is part of the output; null: at the price of output. */
const priceSchema = z.object({
  /** A model's name as its program tells it; `*` at the end stands for all that begin so. The longest that fits counts. */
  model: z.string().min(1).max(200),
  input: z.number().min(0),
  output: z.number().min(0),
  cached: z.number().min(0),
  cacheWrite: z.number().min(0).nullable().default(null),
  reasoning: z.number().min(0).nullable().default(null),
});
export type Price = z.infer<typeof priceSchema>;

export const priceTableSchema = z.object({
  v: z.literal(1),
  /** The day on which these prices were looked up. */
  date: z.iso.date(),
  prices: z.array(priceSchema).max(2_000),
});
export type PriceTable = z.infer<typeof priceTableSchema>;

const price = (
  model: string,
  input: number,
  output: number,
  cached: number,
  cacheWrite: number | null = null,
): Price => ({
  model,
  input,
  output,
  cached,
  cacheWrite,
  reasoning: null,
});

/**
 * List prices as the providers publish them for plain use. A model that is not here has no price, and its cost stays unknown; a file of the
 * owner's (`prices.json` in the data folder) adds and overrides.
 */
export const builtInPrices: PriceTable = {
  v: 1,
  date: '2026-11-21',
  prices: [
    price('claude-fable-5-1*', 10, 50, 1, 12.5),
    price('claude-opus-5-5*', 4, 20, 0.4, 5),
    price('claude-opus-5*', 5, 25, 0.5, 6.25),
    price('claude-opus-4-8*', 5, 25, 0.5, 6.25),
    price('claude-opus-4-6*', 5, 25, 0.5, 6.25),
    price('claude-opus-4-5*', 5, 25, 0.5, 6.25),
    price('claude-opus-4-1*', 15, 75, 1.5, 18.75),
    price('claude-sonnet-5-5*', 2, 10, 0.2, 2.5),
    price('claude-sonnet-4-6*', 3, 15, 0.3, 3.75),
    price('claude-sonnet-4-5*', 3, 15, 0.3, 3.75),
    price('claude-haiku-4-5*', 1, 5, 0.1, 1.25),
    price('gpt-5.4', 2.5, 15, 0.25),
    price('gpt-5.4-mini', 0.75, 4.5, 0.075),
    price('gpt-5.1', 1.25, 10, 0.125),
    price('gpt-5', 1.25, 10, 0.125),
    price('gpt-5-codex', 1.25, 10, 0.125),
    price('gemini-2.5-pro', 1.25, 10, 0.125),
    price('gemini-2.5-flash', 0.3, 2.5, 0.03),
  ],
};

/** One table over another: what is named in both is as the upper one says. */
export function overlay(upper: PriceTable, lower: PriceTable): PriceTable {
  const named = new Set(upper.prices.map(({ model }) => model));
  return {
    v: 1,
    date: upper.date,
    prices: [...upper.prices, ...lower.prices.filter(({ model }) => !named.has(model))],
  };
}
