import { parseTime } from '../../client/clock.ts';
import { strings } from './strings.ts';

const words = strings.retry;

/** When a retry comes, as far away as it is: "in 40 s", "in 4 min", "in 3 h"; "now" once its time has come. */
export function retryWhen(notBefore: string, now: number): string {
  const ms = parseTime(notBefore) - now;
  if (!(ms > 0)) return words.soon;
  if (ms < 90_000) return words.inTime(`${String(Math.ceil(ms / 1_000))} s`);
  if (ms < 90 * 60_000) return words.inTime(`${String(Math.round(ms / 60_000))} min`);
  return words.inTime(`${String(Math.round(ms / 3_600_000))} h`);
}
