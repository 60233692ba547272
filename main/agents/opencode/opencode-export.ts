import { numberAt, objectAt, objectsAt, isObject, countAt, textAt } from '../json-event.ts';
import type { Used } from '../turn-account.ts';
import { NO_USAGE } from '../turn-notes.ts';

/** US dollars of one model call; more is not a price. */
const MOST_COST = 1e6;

/**
 * What the model calls of a session used since a time, by `opencode export`; null when that cannot be read. Over the protocol opencode tells
 * the last call of an answer alone.
 */
export function usedInExport(text: string, sinceMs: number): Required<Used> | null {
  const session = parsed(text);
  if (!isObject(session)) return null;
  const sum: { -readonly [figure in keyof Used]-?: Used[figure] } = {
    ...NO_USAGE,
    calls: 0,
  };
  for (const message of objectsAt(session, 'messages')) {
    const info = objectAt(message, 'info');
    if (textAt(info, 'role') !== 'assistant') continue;
    if ((numberAt(objectAt(info, 'time'), 'created') ?? 0) < sinceMs) continue;
    const tokens = objectAt(info, 'tokens');
    const cache = objectAt(tokens, 'cache');
    const [write, reasoning] = [countAt(cache, 'write'), countAt(tokens, 'reasoning')];
    sum.calls += 1;
    sum.tokensIn += countAt(tokens, 'input') + write;
    sum.tokensOut += countAt(tokens, 'output') + reasoning;
    sum.tokensCached += countAt(cache, 'read');
    sum.tokensCacheWrite += write;
    sum.tokensReasoning += reasoning;
    // What is free is told to cost 0 as well as what it has no price for.
    const cost = numberAt(info, 'cost') ?? 0;
    if (cost > 0) sum.costMicroUsd = (sum.costMicroUsd ?? 0) + Math.round(Math.min(cost, MOST_COST) * 1e6);
  }
  return sum;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}
