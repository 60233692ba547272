import type { Clock } from '../../shared/clock.ts';
import type { Scope } from '../../shared/scope.ts';

/** Milliseconds without output; 0 is never. */
export interface QuietLimits {
  /** After so long the child counts as stuck, which is told once until it prints again. */
  readonly quietMs: number;
  /** After so long the child is to be ended. */
  readonly noOutputMs: number;
}

export interface QuietWatch {
  /** Something was printed. */
  printed(): void;
  /** While it rests, silence is no trouble; afterwards it is counted anew. */
  rest(resting: boolean): void;
}

/**
 * Watches for output that stays away. Time is monotonic, so a machine that sleeps makes no child quiet. It holds one timer, which is
 * not touched by output: when it fires too early for what was printed since, it is set for the rest.
 */
export function createQuietWatch(options: {
  readonly limits: QuietLimits;
  /** Monotonic time of the last output known. */
  readonly last: number;
  /** A former host may have told that this child is stuck: the first output is told as well. */
  readonly adopted: boolean;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly onQuiet: (ms: number | null) => void;
  readonly onTooLong: (ms: number) => void;
}): QuietWatch {
  const { limits, clock, scope, onQuiet, onTooLong } = options;
  let last = options.last;
  let told = false;
  let first = options.adopted;
  let resting = false;

  const arm = (): void => {
    const waits = [limits.noOutputMs, told ? 0 : limits.quietMs].filter((ms) => ms > 0);
    if (waits.length === 0 || scope.closed) return;
    const next = last + Math.min(...waits);
    clock.after(scope, next - clock.monotonic(), look);
  };
  const look = (): void => {
    if (resting) return;
    const silent = clock.monotonic() - last;
    if (limits.noOutputMs > 0 && silent >= limits.noOutputMs) {
      onTooLong(limits.noOutputMs);
      return;
    }
    if (limits.quietMs > 0 && silent >= limits.quietMs && !told) {
      told = true;
      onQuiet(silent);
    }
    arm();
  };
  arm();
  return {
    printed() {
      last = clock.monotonic();
      if (!told && !first) return;
      // With no limit on silence the timer rests while the child is known to be stuck.
      const idle = told && limits.noOutputMs === 0;
      told = false;
      first = false;
      onQuiet(null);
      if (idle) arm();
    },
    rest(on) {
      if (resting === on) return;
      resting = on;
      last = clock.monotonic();
      // The timer of before ends by itself, or looks once more and finds nothing.
      if (!on) arm();
      else if (told) {
        told = false;
        onQuiet(null);
      }
    },
  };
}
