import type { Say } from '../loop-line.ts';
import type { ModelAnswer } from './ask-model.ts';

/** Tells what a call used, as the endpoint counted it. What it does not tell stays unknown and is not made up. */
export function sayUsage({ usage }: ModelAnswer, say: Say, first: boolean): void {
  if (usage === undefined) {
    if (first) say({ type: 'note', text: 'The endpoint does not tell how many tokens it used.' });
    return;
  }
  const { inputTokens, outputTokens } = usage;
  const cached = inputTokens.cacheRead ?? 0;
  const cost = usage.raw?.['cost'];
  say({
    type: 'usage',
    tokensIn: Math.max(0, Math.round((inputTokens.total ?? 0) - cached)),
    tokensOut: Math.round(outputTokens.total ?? 0),
    tokensCached: Math.round(cached),
    tokensReasoning: Math.round(outputTokens.reasoning ?? 0),
    // OpenRouter tells it in US dollars.
    costMicroUsd: typeof cost === 'number' && cost >= 0 ? Math.round(cost * 1e6) : null,
  });
}
