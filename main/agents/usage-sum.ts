import type { NewRunEvent } from '../domain/run/run-event.ts';
import type { TurnUsage } from './runner.ts';
import { NO_USAGE } from './turn-notes.ts';

/** Adds one to the other; a cost that neither tells stays unknown. */
export function addUsage(a: TurnUsage, b: TurnUsage): TurnUsage {
  return combine(a, b, 1);
}

/** What `a` has more than `b`; no figure below 0. */
export function usageBeyond(a: TurnUsage, b: TurnUsage): TurnUsage {
  return combine(a, b, -1);
}

function combine(a: TurnUsage, b: TurnUsage, sign: 1 | -1): TurnUsage {
  const of = (one: number, other: number): number => Math.max(0, one + sign * other);
  return {
    tokensIn: of(a.tokensIn, b.tokensIn),
    tokensOut: of(a.tokensOut, b.tokensOut),
    tokensCached: of(a.tokensCached, b.tokensCached),
    tokensCacheWrite: of(a.tokensCacheWrite, b.tokensCacheWrite),
    tokensReasoning: of(a.tokensReasoning, b.tokensReasoning),
    costMicroUsd:
      a.costMicroUsd === null && b.costMicroUsd === null
        ? null
        : of(a.costMicroUsd ?? 0, b.costMicroUsd ?? 0),
  };
}

/** The event that tells it; undefined when there is nothing to tell. `calls`: of the model, where it is known of how many it is. */
export function usageEvent(
  step: number,
  usage: TurnUsage,
  model: string | null,
  calls?: number,
): NewRunEvent | undefined {
  const { tokensIn, tokensOut, tokensCached, tokensCacheWrite, tokensReasoning, costMicroUsd } = usage;
  if (tokensIn + tokensOut + tokensCached === 0 && (costMicroUsd ?? 0) === 0) return undefined;
  return {
    type: 'usage',
    payload: {
      step,
      tokensIn,
      tokensOut,
      tokensCached,
      ...(tokensCacheWrite > 0 ? { tokensCacheWrite } : {}),
      ...(tokensReasoning > 0 ? { tokensReasoning } : {}),
      costMicroUsd,
      ...(model === null ? {} : { model }),
      ...(calls === undefined ? {} : { calls }),
    },
  };
}

/** Told so far by events of a turn, so that their sum comes to what the ending says. */
export function createUsageTold(step: number): {
  /** An event of what was used more. */
  more(usage: TurnUsage, model: string | null, calls?: number): NewRunEvent | undefined;
  /** The event that brings what was told to this whole. */
  upTo(whole: TurnUsage, model: string | null): NewRunEvent | undefined;
  sum(): TurnUsage;
} {
  let told: TurnUsage = NO_USAGE;
  return {
    more(usage, model, calls) {
      told = addUsage(told, usage);
      return usageEvent(step, usage, model, calls);
    },
    upTo(whole, model) {
      const rest = usageBeyond(whole, told);
      told = addUsage(told, rest);
      return usageEvent(step, rest, model);
    },
    sum: () => told,
  };
}
