import type { Clock } from '../../../shared/clock.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Say } from '../loop-line.ts';
import { modelFailure, type ModelFailure } from './model-failure.ts';

/** Waits between tries where the endpoint names none. */
const WAITS_MS = [1_000, 3_000, 8_000];
/** A longer wait is for Homer to plan with, not for a turn to sit out. */
const LONGEST_WAIT_MS = 60_000;

export type Tried<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ModelFailure };

/** Calls the model again after failures that may pass, each of them shown. */
export async function withRetries<T>(
  call: () => Promise<T>,
  at: { model: string; clock: Clock; scope: Scope; say: Say; cancelled: () => boolean },
): Promise<Tried<T>> {
  for (let tries = 0; ; tries += 1) {
    try {
      return { ok: true, value: await call() };
    } catch (error) {
      const failure = modelFailure(error, at.model, at.clock.now());
      const wait = WAITS_MS[tries];
      if (!failure.passing || wait === undefined || at.cancelled()) return { ok: false, failure };
      const afterMs = failure.retryAfterMs ?? wait;
      if (afterMs > LONGEST_WAIT_MS) return { ok: false, failure };
      at.say({ type: 'retry', reason: failure.message.slice(0, 500), afterMs: Math.round(afterMs) });
      await at.clock.sleep(at.scope, afterMs);
      if (at.cancelled()) return { ok: false, failure };
    }
  }
}
