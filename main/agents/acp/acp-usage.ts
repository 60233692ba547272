import type { JsonObject } from '../../domain/primitives.ts';
import { countAt, objectAt, objectsAt, textOrNullAt } from '../json-event.ts';
import type { Used } from '../turn-account.ts';

/** What one call of the model used, where the program tells it beside a piece of its answer (as Qwen Code does). */
export function callUsage(update: JsonObject): Used | undefined {
  const usage = objectAt(objectAt(update, '_meta'), 'usage');
  return usage && { ...figuresOf(usage, true), calls: 1 };
}

/** What a whole answer used, as the program tells with it: by the protocol's own field, or by Gemini CLI's. */
export function acpUsage(result: JsonObject): { of: Used; model: string | null } | undefined {
  const quota = objectAt(objectAt(result, '_meta'), 'quota');
  const count = objectAt(quota, 'token_count');
  if (count)
    return {
      of: { tokensIn: countAt(count, 'input_tokens'), tokensOut: countAt(count, 'output_tokens') },
      model: textOrNullAt(objectsAt(quota, 'model_usage').at(-1), 'model'),
    };
  const usage = objectAt(result, 'usage');
  return usage && { of: figuresOf(usage, false), model: null };
}

/** `within`: its input counts what was read from a cache as well. */
function figuresOf(usage: JsonObject, within: boolean): Used {
  const input = countAt(usage, 'inputTokens');
  const cached = countAt(usage, 'cachedReadTokens');
  const written = countAt(usage, 'cachedWriteTokens');
  const thought = countAt(usage, 'thoughtTokens');
  return {
    tokensIn: within ? Math.max(0, input - cached) : input + written,
    tokensCached: within ? Math.min(input, cached) : cached,
    tokensCacheWrite: written,
    tokensOut: countAt(usage, 'outputTokens') + thought,
    tokensReasoning: thought,
  };
}
