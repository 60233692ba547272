import { z } from 'zod';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** How a price is known. */
export const priceSource = valueList({
  provider: "Read on the provider's page",
  list: "From somebody else's list",
  unchecked: 'Not checked',
  owner: 'Set by you',
});
export type PriceSource = ValueOf<typeof priceSource>;

/** What holds for a request whose prompt is longer than this. */
const priceTierSchema = z.object({
  /** Tokens of one prompt, those from a cache among them. */
  above: z.int().min(1),
  input: z.number().min(0),
  output: z.number().min(0),
  cached: z.number().min(0),
});

/** Prices in US dollars for a million tokens. `reasoning` is part of the output; null: at the price of output. */
const priceSchema = z.object({
  /** A model's name as its program tells it; `*` at the end stands for all that begin so. The longest that fits counts. */
  model: z.string().min(1).max(200),
  input: z.number().min(0),
  output: z.number().min(0),
  cached: z.number().min(0),
  cacheWrite: z.number().min(0).nullable().default(null),
  reasoning: z.number().min(0).nullable().default(null),
  /** Prices of long prompts, in place of the plain ones. */
  tiers: z.array(priceTierSchema).max(5).default([]),
  source: schemaOf(priceSource).default('owner'),
  /** The day on which this row was looked up; null: nobody knows, or, in a file of the owner's, the day of the table. */
  checkedOn: z.iso.date().nullable().default(null),
});
export type Price = z.infer<typeof priceSchema>;

export const priceTableSchema = z.object({
  v: z.literal(1),
  /** The day on which the table was made. A row may have been looked up on another day, or never. */
  date: z.iso.date(),
  prices: z.array(priceSchema).max(2_000),
});
export type PriceTable = z.infer<typeof priceTableSchema>;

const DATE = '2026-11-21';

const price = (
  source: Exclude<PriceSource, 'owner'>,
  model: string,
  input: number,
  output: number,
  cached: number,
  cacheWrite: number | null = null,
  tiers: Price['tiers'] = [],
): Price => ({
  model,
  input,
  output,
  cached,
  cacheWrite,
  reasoning: null,
  tiers,
  source,
  checkedOn: source === 'unchecked' ? null : DATE,
});

/**
 * List prices for plain use, each with how it is known: what could not be compared with its provider's page says so. A model that is not here has no price, and its cost stays unknown; a file of the
 * owner's (`prices.json` in the data folder) adds and overrides.
 */
export const builtInPrices: PriceTable = {
  v: 1,
  date: DATE,
  prices: [
    price('provider', 'claude-fable-5-1*', 10, 50, 0.25, 12.5),
    price('provider', 'claude-opus-5-5*', 4, 20, 0.2, 5),
    price('provider', 'claude-opus-5*', 5, 25, 0.5, 6.25),
    price('provider', 'claude-opus-4-8*', 5, 25, 0.5, 6.25),
    price('provider', 'claude-opus-4-6*', 5, 25, 0.5, 6.25),
    price('provider', 'claude-opus-4-5*', 5, 25, 0.5, 6.25),
    price('provider', 'claude-opus-4-1*', 15, 75, 1.5, 18.75),
    price('provider', 'claude-sonnet-5-5*', 2, 10, 0.2, 2.5),
    price('provider', 'claude-sonnet-4-6*', 3, 15, 0.3, 3.75),
    price('provider', 'claude-sonnet-4-5*', 3, 15, 0.3, 3.75),
    price('provider', 'claude-haiku-4-5*', 1, 5, 0.1, 1.25),
    price('list', 'gpt-5.4', 2.5, 15, 0.25),
    price('list', 'gpt-5.4-mini', 0.75, 4.5, 0.075),
    price('unchecked', 'gpt-5.1', 1.25, 10, 0.125),
    price('list', 'gpt-5', 1.25, 10, 0.125),
    price('provider', 'gpt-5-codex', 1.25, 10, 0.125),
    price('list', 'gemini-2.5-pro', 1.25, 10, 0.125, null, [
      { above: 200_000, input: 2.5, output: 15, cached: 0.25 },
    ]),
    price('unchecked', 'gemini-2.5-flash', 0.3, 2.5, 0.03),
  ],
};

/** One table over another: what is named in both is as the upper one says. It is as old as the older of both, for rows of either may count. */
export function overlay(upper: PriceTable, lower: PriceTable): PriceTable {
  const named = new Set(upper.prices.map(({ model }) => model));
  return {
    v: 1,
    date: upper.date < lower.date ? upper.date : lower.date,
    prices: [
      ...upper.prices.map((row) => ({ ...row, checkedOn: row.checkedOn ?? upper.date })),
      ...lower.prices.filter(({ model }) => !named.has(model)),
    ],
  };
}
