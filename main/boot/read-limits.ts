import type { RunLimits } from '../agents/process/local-runner.ts';
import type { FlagKey } from '../domain/flag/flag.ts';
import { readFlag } from '../store/flag-store.ts';
import type { Store } from '../store/store.ts';

/** What the owner allows a turn to print, and how long it may stay silent, as the flags stand now. */
export function readLimits(store: Store): RunLimits {
  return store.read((read) => {
    const number = (key: FlagKey): number => Number(readFlag(read, key));
    return {
      outputBytes: number('runtime.max_output_mb') * 1024 * 1024,
      quietMs: number('runtime.quiet_minutes') * 60_000,
      noOutputMs: number('runtime.no_output_minutes') * 60_000,
    };
  });
}
