import { parseTime, type Clock } from '../shared/clock.ts';
import type { WaitingRetry } from '../store/run-retry-store.ts';

/** What a run that waits to be tried again waits for; null when it is another one, or its time has come. */
export function retryWords(retry: WaitingRetry | null, runId: string, clock: Clock): string | null {
  if (retry?.runId !== runId) return null;
  const ms = parseTime(retry.notBefore) - clock.now();
  return ms <= 0
    ? null
    : `Tries again ${until(ms)} (attempt ${String(retry.attempt)} of ${String(retry.of)}).`;
}

function until(ms: number): string {
  if (ms < 90_000) return `in ${String(Math.ceil(ms / 1_000))} s`;
  if (ms < 90 * 60_000) return `in ${String(Math.round(ms / 60_000))} min`;
  return `in ${String(Math.round(ms / 3_600_000))} h`;
}
