import { expect, it } from 'vitest';
import { costStateOf, costWords } from './cost-state.ts';
import { builtInPrices, overlay, priceTableSchema } from './price-table.ts';
import { findPrice, priceTurn, type UsedTokens } from './price-turn.ts';

const table = priceTableSchema.parse({
  v: 1,
  date: '2026-11-01',
  prices: [
    { model: 'm-*', input: 1, output: 10, cached: 0.1 },
    { model: 'm-large-*', input: 4, output: 20, cached: 0.4, cacheWrite: 5, reasoning: 30 },
  ],
});
const turn = {
  tokensIn: 1_000_000,
  tokensOut: 100_000,
  tokensCached: 500_000,
  tokensCacheWrite: 200_000,
  tokensReasoning: 40_000,
  model: 'vendor/m-large-2' as string | null,
  told: null as number | null,
  worked: true,
  requests: null as number | null,
  calls: [] as UsedTokens[],
};
const usd = (change: Partial<typeof turn> = {}, billing: 'plan' | 'use' | null = 'use') => {
  const { costMicroUsd, source } = priceTurn(table, { ...turn, ...change }, billing);
  return [costMicroUsd === null ? null : costMicroUsd / 1e6, source];
};

it('prices input, cache, output and reasoning apart, by the longest name that fits', () => {
  expect(usd()).toEqual([6.8, 'priced']);
  expect(usd({ model: 'm-small' })).toEqual([2.05, 'priced']);
});

it('takes the price of long prompts for a turn whose prompts were long on the average, and for no other', () => {
  const pro = (requests: number | null, tokensIn = 300_000, tokensCached = 100_000) => {
    const used = {
      ...turn,
      tokensIn,
      tokensCached,
      tokensOut: 10_000,
      tokensCacheWrite: 0,
      tokensReasoning: 0,
    };
    const { costMicroUsd } = priceTurn(builtInPrices, { ...used, requests, model: 'gemini-2.5-pro' }, 'use');
    return (costMicroUsd ?? 0) / 1e6;
  };
  const plain = 0.3 * 1.25 + 0.1 * 0.125 + 0.01 * 10;
  const long = 0.3 * 2.5 + 0.1 * 0.25 + 0.01 * 15;
  expect(pro(1)).toBeCloseTo(long, 6);
  expect(pro(2)).toBeCloseTo(plain, 6);
  expect(pro(10)).toBeCloseTo(plain, 6);
  expect(pro(null)).toBeCloseTo(plain, 6);
  // A prompt of just so many tokens is not above them.
  expect(pro(1, 200_000, 0)).toBeCloseTo(0.2 * 1.25 + 0.1, 6);
});

it('judges each call by its own prompt where the program tells each, and the rest by the average', () => {
  const none = { tokensOut: 0, tokensCached: 0, tokensCacheWrite: 0, tokensReasoning: 0 };
  const call = (tokensIn: number): UsedTokens => ({ ...none, tokensIn });
  const pro = (tokensIn: number, calls: UsedTokens[], tokensOut = 0): number => {
    const used = { ...turn, ...none, tokensIn, tokensOut, calls, requests: 2, model: 'gemini-2.5-pro' };
    return (priceTurn(builtInPrices, used, 'use').costMicroUsd ?? 0) / 1e6;
  };
  // The average is below the tier, one of both is not.
  expect(pro(350_000, [])).toBeCloseTo(0.35 * 1.25, 6);
  expect(pro(350_000, [call(50_000), call(300_000)])).toBeCloseTo(0.05 * 1.25 + 0.3 * 2.5, 6);
  expect(pro(360_000, [call(50_000), call(300_000)], 10_000)).toBeCloseTo(
    0.05 * 1.25 + 0.3 * 2.5 + 0.01 * 1.25 + 0.01 * 10,
    6,
  );
});

it('is as old as the oldest prices that count', () => {
  const own = (date: string) => priceTableSchema.parse({ v: 1, date, prices: [] });
  expect(overlay(own('2030-01-01'), builtInPrices).date).toBe(builtInPrices.date);
  expect(overlay(own('2020-01-01'), builtInPrices).date).toBe('2020-01-01');
});

it('believes what a program tells, and leaves unknown what nobody knows', () => {
  expect(usd({ told: 1_500_000 })).toEqual([1.5, 'told']);
  expect(usd({ model: 'other' })).toEqual([null, 'unknown']);
  expect(usd({ model: null })).toEqual([null, 'unknown']);
  expect(usd({ tokensIn: 0, tokensOut: 0, tokensCached: 0 })).toEqual([null, 'unknown']);
  expect(usd({ tokensIn: 0, tokensOut: 0, tokensCached: 0, worked: false })).toEqual([null, 'none']);
});

it('never makes money of what a subscription paid', () => {
  expect(usd({ told: 1_500_000 }, 'plan')).toEqual([null, 'plan']);
});

it('says what is not known instead of a zero', () => {
  const words = (known: number, unknown: number, plan: number): string =>
    costWords(known * 250_000, costStateOf({ known, unknown, plan }));
  expect([words(2, 0, 0), words(2, 1, 0), words(0, 1, 0), words(0, 0, 3), words(0, 0, 0)]).toEqual([
    '$0.50',
    '$0.50 or more',
    'unknown',
    'subscription',
    '–',
  ]);
});

it("puts the owner's prices over the built-in ones, which are sound", () => {
  expect(priceTableSchema.safeParse(builtInPrices).success).toBe(true);
  const own = priceTableSchema.parse({
    v: 1,
    date: '2027-01-01',
    prices: [{ model: 'claude-opus-5-5*', input: 1, output: 2, cached: 0.1 }],
  });
  expect(findPrice(overlay(own, builtInPrices), 'claude-opus-5-5-20261001')?.input).toBe(1);
  expect(findPrice(builtInPrices, 'claude-opus-5-5')?.input).toBe(4);
  expect(findPrice(builtInPrices, 'gpt-5.1-codex')).toBeNull();
});
