import type { JsonObject } from '../../domain/primitives.ts';
import type { SessionFigures } from '../../domain/run/session-figures.ts';
import { countAt, isObject, numberAt, objectAt } from '../json-event.ts';
import type { TurnUsage } from '../runner.ts';
import { NO_USAGE } from '../turn-notes.ts';

/** What a message says it used. Its output is what was written when it was sent, so too little. */
export function usageOfMessage(usage: JsonObject): TurnUsage {
  const written = countAt(usage, 'cache_creation_input_tokens');
  return {
    tokensIn: countAt(usage, 'input_tokens') + written,
    tokensOut: countAt(usage, 'output_tokens'),
    tokensCached: countAt(usage, 'cache_read_input_tokens'),
    tokensCacheWrite: written,
    tokensReasoning: countAt(objectAt(usage, 'output_tokens_details'), 'thinking_tokens'),
    costMicroUsd: null,
  };
}

/**
 * What was used since the result before this one. Newer versions say so by model, sub-agents included; older ones say it of the conversation,
 * with the cost of this run alone, or of the whole session: then the models' figures are more than this run's, and what was told before comes off.
 */
export function usageOfResult(result: JsonObject, before: SessionFigures | null): TurnUsage {
  const since = objectAt(result, 'model_usage_since_last_result');
  if (since) return sumOfModels(since);
  const own = usageOfMessage(objectAt(result, 'usage') ?? {});
  const models = sumOfModels(objectAt(result, 'modelUsage') ?? {});
  const cost = microUsd(numberAt(result, 'total_cost_usd'));
  const earlier = before?.costMicroUsd ?? null;
  const cumulative =
    before !== null && models.tokensIn + models.tokensCached > own.tokensIn + own.tokensCached;
  const off = cumulative && cost !== null && earlier !== null && cost >= earlier ? earlier : 0;
  return { ...own, costMicroUsd: cost === null ? null : cost - off };
}

/** All that the session has used, as the result tells. */
export function figuresOfResult(result: JsonObject): SessionFigures {
  const { tokensIn, tokensOut, tokensCached } = sumOfModels(objectAt(result, 'modelUsage') ?? {});
  return { tokensIn, tokensOut, tokensCached, costMicroUsd: microUsd(numberAt(result, 'total_cost_usd')) };
}

function sumOfModels(models: JsonObject): TurnUsage {
  let sum = { ...NO_USAGE, costMicroUsd: 0 };
  for (const model of Object.values(models)) {
    if (!isObject(model)) continue;
    const written = countAt(model, 'cacheCreationInputTokens');
    sum = {
      tokensIn: sum.tokensIn + countAt(model, 'inputTokens') + written,
      tokensOut: sum.tokensOut + countAt(model, 'outputTokens'),
      tokensCached: sum.tokensCached + countAt(model, 'cacheReadInputTokens'),
      tokensCacheWrite: sum.tokensCacheWrite + written,
      tokensReasoning: sum.tokensReasoning + countAt(model, 'thinkingTokens'),
      costMicroUsd: sum.costMicroUsd + (microUsd(numberAt(model, 'costUSD')) ?? 0),
    };
  }
  return sum;
}

function microUsd(usd: number | null): number | null {
  return usd === null || usd < 0 || usd > 1e6 ? null : Math.round(usd * 1e6);
}
